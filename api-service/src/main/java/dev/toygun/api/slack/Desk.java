package dev.toygun.api.slack;

import dev.toygun.alert.BlockKit;
import dev.toygun.api.slack.Ask.Question;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has carried out what people ask, by operations of the API, and words what became of it. */
public final class Desk {
  /** Takes back a question that only its asker sees. */
  static final String LEAVE = "leave";

  private static final Map<String, String> VALIDATE = Map.of("validate_only", "true");
  private static final Duration CLICKED_SNOOZE = Duration.ofHours(1);
  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,3})([mhd])");
  /* There is no list by type: what is shown of one is looked for among so many. */
  private static final int READ = 200;

  private final Time time;

  /** One that goes by this time. */
  public Desk(Time time) {
    this.time = time;
  }

  /** The answer to a command; fails with {@link Unclear}, or with what the operation fails with. */
  public Future<JsonObject> carryOut(Command command, Ask ask) {
    return Future.succeededFuture().compose(go -> answer(command, ask));
  }

  private Future<JsonObject> answer(Command command, Ask ask) {
    List<String> words = command.words();
    return switch (Verb.of(command)) {
      case HELP -> Future.succeededFuture(Answers.help(command.name()));
      case ALARMS -> alarms(words, ask);
      case ACK -> told(command, "acknowledgeAlarm", "Acknowledged", ask);
      case CLOSE -> told(command, "closeAlarm", "Closed", ask);
      case SNOOZE -> snooze(command, ask);
      case GET ->
          named(words, ask).compose(it -> ask.ask(of("getResource", it))).map(Answers::resource);
      case EXPLAIN ->
          named(words, ask)
              .compose(it -> ask.ask(of("explainResource", it)))
              .map(Answers::explanation);
      case START -> start(words, ask);
    };
  }

  private static Future<JsonObject> alarms(List<String> words, Ask ask) {
    String type = words.size() > 1 ? words.get(1) : "";
    return ask.ask(
            Question.of("listAlarms", Map.of())
                .with(Map.of("state", "open", "page_size", String.valueOf(READ))))
        .map(page -> Answers.alarms(type, page));
  }

  private static Future<JsonObject> told(Command command, String operation, String done, Ask ask) {
    return told(
        done,
        Question.of(operation, Map.of("uuid", command.words().get(1)))
            .sending(new JsonObject().put("reason", command.rest(2)))
            .once(command.id()),
        ask);
  }

  private static Future<JsonObject> told(String done, Question question, Ask ask) {
    return ask.ask(question).map(alarm -> Answers.note(done + ": " + Answers.title(alarm)));
  }

  /* Not once: said again it is until a moment later, which is another request. */
  private Future<JsonObject> snooze(Command command, Ask ask) {
    Instant until = time.now().plus(span(command.words().get(2)));
    return told(
        "Snoozed until " + Answers.at(until),
        Question.of("snoozeAlarm", Map.of("uuid", command.words().get(1)))
            .sending(
                new JsonObject().put("until", until.toString()).put("reason", command.rest(3))),
        ask);
  }

  private static Duration span(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new Unclear("how long is it to be quiet? Such as 30m, 2h or 1d");
    }
    long amount = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private Future<JsonObject> start(List<String> words, Ask ask) {
    String task = words.get(3);
    return named(words, ask)
        .compose(
            it ->
                ask.ask(starting(words.get(1), it.getString("uuid"), task).with(VALIDATE))
                    .map(
                        valid ->
                            Answers.question(task, words.get(1), words.get(2), value(it, task))));
  }

  private JsonObject value(JsonObject resource, String task) {
    return new JsonObject()
        .put("type", resource.getString("type"))
        .put("uuid", resource.getString("uuid"))
        .put("task", task)
        .put("once", time.uuid().toString());
  }

  private static Question starting(String type, String uuid, String task) {
    return Question.of("startTask", Map.of("type", type, "uuid", uuid, "task", task));
  }

  /* A resource by its type and its label, or its uuid. */
  private static Future<JsonObject> named(List<String> words, Ask ask) {
    String type = words.get(1);
    String name = words.get(2);
    if (isUuid(name)) {
      return Future.succeededFuture(new JsonObject().put("type", type).put("uuid", name));
    }
    return ask.ask(
            Question.of("listResources", Map.of("type", type))
                .with(Map.of("filter", "label=" + name, "page_size", "2")))
        .map(
            page -> {
              JsonArray found = page.getJsonArray("items");
              if (found.size() != 1) {
                throw new Unclear(
                    "%s %s is called %s: give its uuid"
                        .formatted(found.isEmpty() ? "no" : "more than one", type, name));
              }
              return found.getJsonObject(0);
            });
  }

  private static boolean isUuid(String name) {
    try {
      return UUID.fromString(name).toString().equalsIgnoreCase(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Question of(String operation, JsonObject resource) {
    return Question.of(
        operation, Map.of("type", resource.getString("type"), "uuid", resource.getString("uuid")));
  }

  /**
   * What becomes of a message whose button was clicked; empty for nothing. Fails as a command does.
   */
  public Future<JsonObject> carryOut(Click click, Ask ask) {
    return Future.succeededFuture()
        .compose(
            go ->
                switch (click.verb()) {
                  case BlockKit.ACKNOWLEDGE ->
                      said("acknowledgeAlarm", new JsonObject(), click, ask)
                          .map(alarm -> Answers.clicked(click, "Acknowledged"));
                  case BlockKit.SNOOZE -> {
                    Instant until = click.at().plus(CLICKED_SNOOZE);
                    yield said(
                            "snoozeAlarm",
                            new JsonObject().put("until", until.toString()),
                            click,
                            ask)
                        .map(alarm -> Answers.clicked(click, "Snoozed until " + Answers.at(until)));
                  }
                  case BlockKit.START -> started(click, ask);
                  case LEAVE ->
                      Future.succeededFuture(new JsonObject().put("delete_original", true));
                  default -> Future.succeededFuture(new JsonObject());
                });
  }

  private static Future<JsonObject> said(String operation, JsonObject body, Click click, Ask ask) {
    return ask.ask(
        Question.of(operation, Map.of("uuid", click.said("alarm"))).sending(body).once(click.id()));
  }

  private static Future<JsonObject> started(Click click, Ask ask) {
    String task = click.said("task");
    return ask.ask(
            starting(click.said("type"), click.said("uuid"), task)
                .once(BlockKit.START + ":" + click.said("once")))
        .map(
            run ->
                Answers.clicked(
                    click,
                    "%s %s"
                        .formatted(
                            BlockKit.escaped(task),
                            Boolean.TRUE.equals(run.getValue("already_running"))
                                ? "ran already, asked for"
                                : "was started")));
  }
}
