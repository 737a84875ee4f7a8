package dev.toygun.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.system.Patient.Ailment;
import dev.toygun.cli.system.Processes.Ended;
import dev.toygun.testing.servers.Receiver;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** What must be true of patients once everything is up again. */
final class Recovery {
  private static final Duration MOST = Duration.ofSeconds(150);

  /** Whoever was to heal them did not come to answer within a minute, so a person is to. */
  private static final String PASSED_OVER =
      """
      select r.label from hops h join resources r on r.uuid = h.panicked_resource
       where h.decision = 'time_out' and r.attrs ->> 'ailment' = 'HEALS'""";

  private final Fleet fleet;
  private final Receiver receiver;
  private final int patients;
  private final long steps;

  Recovery(Fleet fleet, Receiver receiver, int patients, long steps) {
    this.fleet = fleet;
    this.receiver = receiver;
    this.patients = patients;
    this.steps = steps;
  }

  /** Waits until nothing is to be done any more, and looks. */
  void isWhole(String run) throws Exception {
    eventually(
        run,
        "select count(*) from tasks where name = 'walk' and outcome = 'finished' and not active",
        patients);
    eventually(run, "select count(*) from tasks where state = '__new__'", 0);
    eventually(
        run,
        "select count(*) from resources where type = 'patient' and state = 'living'",
        patients);
    everyStepWasWalkedOnce(run);
    whoIsToHearHears(run);
    Ended audit = fleet.run("audit", "audit");
    assertThat(audit.code()).as("%s: %s", run, audit.said()).isZero();
    assertThat(fleet.number("select count(*) from alarms where name = 'unaccounted'"))
        .as("%s: alarms that something was left over", run)
        .isZero();
  }

  private void eventually(String run, String sql, long expected) {
    Awaitility.await(run + ": " + sql)
        .atMost(MOST)
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions()
        .until(() -> fleet.number(sql), n -> n == expected);
  }

  private void everyStepWasWalkedOnce(String run) {
    assertThat(fleet.number("select count(*) from resources where type = 'patient'"))
        .as("%s: patients", run)
        .isEqualTo(patients);
    assertThat(
            fleet.number(
                "select count(*) from resources where type = 'patient' and (attrs ->> 'walked')::int"
                    + " is distinct from "
                    + steps))
        .as("%s: patients whose every step was counted once", run)
        .isZero();
    assertThat(fleet.number("select count(*) from tasks where run > 1"))
        .as("%s: runs that were begun twice", run)
        .isZero();
    assertThat(
            fleet.number(
                """
                select count(*) from transitions t join tasks k on k.uuid = t.subject_uuid
                 where k.name = 'walk'"""))
        .as("%s: moves of walks", run)
        .isEqualTo(patients * (2 * steps + 1));
    assertThat(fleet.number(Histories.BROKEN)).as("%s: %s", run, Histories.BROKEN).isZero();
    assertThat(fleet.number(Histories.BEHIND)).as("%s: %s", run, Histories.BEHIND).isZero();
    assertThat(fleet.number(Histories.ASTRAY)).as("%s: %s", run, Histories.ASTRAY).isZero();
  }

  private void whoIsToHearHears(String run) throws Exception {
    Map<String, String> wanted = new HashMap<>();
    for (int n = 0; n < patients; n++) {
      Ailment ailment = Ailment.of(n);
      if (!ailment.alarm().isEmpty()) {
        wanted.put("p" + n + " " + ailment.alarm(), ailment.ends() ? "closed" : "open");
      }
    }
    eventually(run, "select count(*) from hops where decision is null", 0);
    fleet.texts(PASSED_OVER).forEach(label -> wanted.put(label + " panic", "open"));
    eventually(
        run,
        "select count(*) from alarms where type = 'patient' and opened_at is not null",
        wanted.size());
    eventually(run, "select count(*) from deliveries where state = 'pending'", 0);
    assertThat(fleet.number("select count(*) from deliveries where state = 'failed'"))
        .as("%s: messages that were given up", run)
        .isZero();
    Map<String, Set<String>> opened = new HashMap<>();
    Set<String> over = new HashSet<>();
    for (Receiver.Received received : receiver.rest()) {
      JsonObject body = received.json();
      JsonObject alarm = body.getJsonObject("alarm");
      String key = body.getString("dedup_key");
      if (body.getString("event").equals("resolve")) {
        over.add(key);
      } else if (alarm.getString("resource_type").equals(Patient.TYPE)) {
        opened
            .computeIfAbsent(
                alarm.getString("resource_label") + " " + alarm.getString("name"),
                who -> new HashSet<>())
            .add(key);
      }
    }
    assertThat(opened.keySet()).as(run).isEqualTo(wanted.keySet());
    opened.forEach(
        (who, keys) -> {
          assertThat(keys).as("%s: alarms of %s, by their keys", run, who).hasSize(1);
          assertThat(over.containsAll(keys))
              .as("%s: %s is over, and that was told", run, who)
              .isEqualTo("closed".equals(wanted.get(who)));
        });
    List<String> told = new ArrayList<>();
    receiver.rest().forEach(received -> told.add(received.json().getString("dedup_key")));
    assertThat(told)
        .as("%s: whatever has ever been open was told, of the system too", run)
        .containsAll(
            fleet.texts("select 'toygun/' || uuid from alarms where opened_at is not null"));
    System.out.printf(
        "Faults: %d alarms told in %d messages, %d of them of the system, %d passed over%n",
        new HashSet<>(told).size(),
        told.size(),
        fleet.number("select count(*) from alarms where type = '__system__'"),
        fleet.texts(PASSED_OVER).size());
  }
}
