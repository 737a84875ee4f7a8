package dev.toygun.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.client.Api;
import dev.toygun.cli.client.Story;
import dev.toygun.cli.client.Uptime;
import dev.toygun.cli.demo.Timeline.Failure;
import dev.toygun.cli.demo.Troupe.Member;
import dev.toygun.service.Launcher;
import dev.toygun.standalone.Folders;
import dev.toygun.standalone.Running;
import dev.toygun.standalone.Standalone;
import dev.toygun.store.Accounts;
import dev.toygun.store.Liveness;
import dev.toygun.store.Liveness.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The acts of the demo, in their order. */
final class Play {
  private static final List<String> LABELS = List.of("orders", "users", "stock");
  private static final String VICTIM = "users";
  private static final Duration WORKERS = Duration.ofSeconds(40);
  private static final Duration PROVISION = Duration.ofSeconds(60);
  private static final Duration REPAIR = Duration.ofSeconds(60);
  private static final Duration TAKE_DOWN = Duration.ofSeconds(60);
  private static final Duration QUERY = Duration.ofSeconds(10);

  private static final Duration CALL = Duration.ofSeconds(30);

  /** Wide enough for what moves say. */
  private static final int WIDTH = 104;

  private final Stage stage;
  private final Timeline timeline;
  private final Phone phone;

  Play(Stage stage, Timeline timeline, Phone phone) {
    this.stage = stage;
    this.timeline = timeline;
    this.phone = phone;
  }

  /** Plays it; what it did, and how long each part took. */
  String run() throws Exception {
    List<Standalone> opened = new ArrayList<>();
    timeline.part(
        "start",
        "Starting Postgres, Redis, a clock and the API, in " + stage.folder(),
        () -> opened.add(open()));
    Standalone standalone = opened.get(0);
    timeline.part("workers", "Starting two workers, each a process of its own", this::workers);

    Troupe troupe = new Troupe(new Api(standalone.url(), standalone.apiKey()), timeline);
    timeline.part(
        "sink", "Asking to be told of alarms, and trying it", () -> troupe.tell(phone.url()));
    timeline.part(
        "provision",
        "Asking the API for " + LABELS.size() + " PostgreSQL servers",
        () -> provision(troupe));
    timeline.part("query", "Asking each a query, with its own password", () -> query(troupe));
    timeline.part(
        "repair", "Killing a server and a worker with kill -9", () -> killAndRepair(troupe));
    timeline.show(Story.table(troupe.story(troupe.member(VICTIM))).text(WIDTH));
    timeline.part("delete", "Taking all of them down", () -> delete(troupe));
    timeline.part("liveness", "Accounting for everything", () -> account(standalone));
    timeline.part("stop", "Stopping everything, and looking for what is left", this::stop);
    return "%d PostgreSQL servers provisioned and queried; 1 server and 1 worker killed, an alarm told and resolved, repaired; all deleted; 0 unaccounted, nothing left behind (%s)"
        .formatted(LABELS.size(), timeline.summary());
  }

  private Standalone open() throws Exception {
    Standalone standalone = stage.open();
    timeline.say("   " + standalone.told());
    return standalone;
  }

  private void workers() throws Exception {
    for (int i = 1; i <= 2; i++) {
      WorkerProcess worker = stage.worker("worker-" + i);
      timeline.say("   %s is process %d".formatted(worker.id(), worker.pid()));
    }
    for (WorkerProcess worker : stage.workers()) {
      timeline.until(worker.id() + " is ready", WORKERS, worker::ready);
    }
  }

  private void provision(Troupe troupe) throws Exception {
    LABELS.forEach(troupe::create);
    timeline.until(
        "all servers are available",
        PROVISION,
        () -> troupe.all(troupe.members(), Play::available));
  }

  private void query(Troupe troupe) throws Exception {
    for (Member member : troupe.members()) {
      String answer =
          Sql.ask(
              port(troupe.look(member)),
              member.label(),
              member.password(),
              """
              create table kept as select 'written before the crash'::text as note;
              select format('%s on PostgreSQL %s, port %s', current_user,
                            current_setting('server_version'), inet_server_port())
              """);
      timeline.say("   " + member.label() + " answers: " + answer);
    }
  }

  private void killAndRepair(Troupe troupe) throws Exception {
    Member victim = troupe.member(VICTIM);
    JsonNode before = troupe.look(victim);
    long pid = before.path("fields").path("pid").asLong();
    if (!Running.is(pid, "postgres")) {
      throw new Failure("process " + pid + " of " + VICTIM + " is no PostgreSQL");
    }
    WorkerProcess worker = lastAtWorkOn(victim, troupe);
    timeline.say("   kill -9 %d, the server of %s".formatted(pid, VICTIM));
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    timeline.say("   kill -9 %d, %s".formatted(worker.pid(), worker.id()));
    worker.kill();
    timeline.until(
        VICTIM + " is repaired", REPAIR, () -> troupe.all(troupe.members(), repaired(victim, pid)));
    timeline.until(
        "an alarm has opened and closed, and the phone rang twice",
        CALL,
        () -> phone.heard("open", "down", VICTIM) && phone.heard("resolve", "down", VICTIM));
    timeline.until(
        "nothing of " + VICTIM + " is left of before", QUERY, () -> !Running.is(pid, "postgres"));
    JsonNode after = troupe.look(victim);
    String note = Sql.ask(port(after), VICTIM, victim.password(), "select note from kept");
    timeline.say(
        "   %s is process %d now, and still knows what was %s"
            .formatted(VICTIM, after.path("fields").path("pid").asLong(), note));
    JsonNode availability = troupe.availability(victim);
    timeline.say("   %s was %s".formatted(VICTIM, Uptime.share(availability)));
    for (JsonNode repairs : availability.path("repairs")) {
      timeline.say("   " + Uptime.repairs(repairs));
    }
  }

  /** The worker that made the last move of a server: its loss is felt most. */
  private WorkerProcess lastAtWorkOn(Member member, Troupe troupe) {
    List<Story.Move> story = troupe.story(member);
    String id = story.get(story.size() - 1).move().path("worker").asText();
    return stage.workers().stream()
        .filter(worker -> worker.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new Failure("no worker is called " + id + ", as the history says"));
  }

  private static Predicate<JsonNode> repaired(Member victim, long pid) {
    return now ->
        available(now)
            && (!now.path("uuid").asText().equals(victim.uuid())
                || now.path("fields").path("pid").asLong() != pid);
  }

  private void delete(Troupe troupe) throws Exception {
    List<JsonNode> before = troupe.members().stream().map(troupe::look).toList();
    troupe.members().forEach(troupe::delete);
    timeline.until(
        "all servers have ended",
        TAKE_DOWN,
        () -> troupe.all(troupe.members(), now -> !now.path("active").asBoolean()));
    for (JsonNode was : before) {
      long pid = was.path("fields").path("pid").asLong();
      String directory = was.path("fields").path("directory").asText();
      if (Running.is(pid, "postgres")) {
        throw new Failure(
            "%s was deleted, but its process %d runs".formatted(was.path("label"), pid));
      }
      if (Files.exists(Path.of(directory))) {
        throw new Failure(
            "%s was deleted, but %s is there".formatted(was.path("label"), directory));
      }
    }
  }

  private void account(Standalone standalone) throws Exception {
    Accounts.Account account =
        Launcher.wait(new Liveness(standalone.ground().database()).account(), QUERY);
    timeline.say("   active machines by why they wait: " + account.counts());
    if (account.unaccounted() != 0 || account.counts().containsKey(Reason.LATE)) {
      throw new Failure("left over: %s, late: %s".formatted(account.leftOver(), account.late()));
    }
  }

  private void stop() throws Exception {
    stage.close();
    List<Long> left = stage.processes();
    if (!left.isEmpty()) {
      throw new Failure("processes are left: " + left);
    }
    Folders.delete(stage.folder());
    if (Files.exists(stage.folder())) {
      throw new Failure("the folder is left: " + stage.folder());
    }
  }

  private static boolean available(JsonNode server) {
    if (server.path("error").isObject() && server.path("state").asText().equals("__panic__")) {
      throw new Failure(
          "%s panicked: %s".formatted(server.path("label"), server.path("error").path("message")));
    }
    return server.path("state").asText().equals("available");
  }

  private static long port(JsonNode server) {
    return server.path("fields").path("port").asLong();
  }
}
