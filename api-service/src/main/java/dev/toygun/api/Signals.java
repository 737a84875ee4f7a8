package dev.toygun.api;

import dev.toygun.store.MachineRow;
import dev.toygun.store.Operations;
import dev.toygun.store.Refusal;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.SignalDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Sends signals. */
final class Signals {
  private final Operations operations;
  private final Fields fields;
  private final Time time;

  Signals(Operations operations, Fields fields, Time time) {
    this.operations = operations;
    this.fields = fields;
    this.time = time;
  }

  /**
   * Sends the signal in the body of a call.
   *
   * @param states of the machine that gets it: they say which signals it knows
   */
  Future<Answer> send(Call call, SubjectKey subject, MachineRow row, List<StateDefinition> states) {
    String type = call.body().getString("type");
    List<FieldDefinition> carried = known(states, type).fields();
    UUID uuid = call.makes(time);
    String attrs =
        fields.fresh("/fields", carried, SignalRow.sealedFor(type), uuid, call, "fields");
    Alive.check("it", row, call.version());
    if (call.validateOnly()) {
      return Future.succeededFuture(Answer.valid());
    }
    Instant now = time.now();
    SignalRow signal = new SignalRow(uuid, subject, type, attrs, call.caller().stored(), now);
    return operations
        .signal(signal, call.by())
        .map(
            done ->
                Answer.of(
                    202,
                    new JsonObject()
                        .put("uuid", uuid.toString())
                        .put("type", type)
                        .put("resource", subject.resource().toString())
                        .put("subject", subject.uuid().toString())
                        .put("sent_at", now.toString())));
  }

  private static SignalDefinition known(List<StateDefinition> states, String type) {
    try {
      return SignalDefinition.of(states, type);
    } catch (Refusal refused) {
      throw Problem.invalid(List.of(new Problem.Wrong("/type", refused.getMessage())));
    }
  }
}
