package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.store.Entry;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import java.util.List;

/** Finds out where a rewind goes. */
final class Rewinds {
  private final Views views;

  Rewinds(Views views) {
    this.views = views;
  }

  /**
   * Where a rewind goes.
   *
   * @param fresh whether what it makes outside is made anew
   */
  record Target(Entry entry, boolean fresh) {}

  /** The state that a request names, or that a step of the history led to. */
  Future<Target> target(Call call, SubjectKey subject, List<StateDefinition> states) {
    String state = call.body().getString("state");
    Long step = call.body().getLong("step");
    if (state == null == (step == null)) {
      throw new Problem(422, "invalid", "either state or step is needed, and not both");
    }
    boolean fresh = call.body().getBoolean("fresh", false);
    if (state != null) {
      return to(known(state, states), fresh, subject);
    }
    return views
        .stateAt(subject, step)
        .compose(
            found -> {
              if (found == null) {
                throw new Problem(
                    422, "invalid", "it has made no step %d: see its history".formatted(step));
              }
              return to(known(found, states), fresh, subject);
            });
  }

  private Future<Target> to(List<String> names, boolean fresh, SubjectKey subject) {
    return views
        .entry(subject, names)
        .map(
            entry -> {
              if (entry == null) {
                throw Problem.conflict(
                    "wrong_state",
                    "it was never in state '%s', and a rewind goes back: see its history"
                        .formatted(names.get(0)));
              }
              return new Target(entry, fresh);
            });
  }

  /** The name of a state and its former ones, by any of them: history tells the names of then. */
  private static List<String> known(String state, List<StateDefinition> states) {
    if (BuiltIn.reserved(state)) {
      throw new Problem(
          422, "reserved", "%s is a built-in state: nothing is rewound into it".formatted(state));
    }
    return StateDefinition.names(states, state)
        .orElseGet(() -> List.of(state(state, states, "/state")));
  }

  /** A state that is declared; fails with a problem 422 where it is not. */
  static String state(String state, List<StateDefinition> states, String pointer) {
    List<String> names = states.stream().map(StateDefinition::name).toList();
    if (!names.contains(state)) {
      throw Problem.invalid(
          List.of(
              new Problem.Wrong(
                  pointer, "there is no state '%s': there are %s".formatted(state, names))));
    }
    return state;
  }
}
