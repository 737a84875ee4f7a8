package dev.toygun.api;

import dev.toygun.api.pages.Act;
import dev.toygun.api.pages.Shown;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a task is started with from its page: an input for each field that it may be given. */
final class PageArgs {
  private static final String PREFIX = "args.";

  /** What is written as JSON, whatever the type is of. */
  private static final Set<String> JSON = Set.of("integer", "bool", "json", "list", "set", "map");

  private final PageAnswers answers;

  PageArgs(PageAnswers answers) {
    this.answers = answers;
  }

  /** The fields of its task, as the type of this resource has them; of another act none. */
  Future<List<Shown>> of(Act act, RoutingContext ctx, Actor actor) {
    if (act != Act.START) {
      return Future.succeededFuture(List.of());
    }
    MultiMap none = MultiMap.caseInsensitiveMultiMap();
    return answers
        .ask(ctx, actor, answers.operation(act.subject()), ctx.pathParams(), none)
        .compose(
            resource ->
                answers.ask(
                    ctx,
                    actor,
                    answers.operation("getType"),
                    Map.of("type", resource.text("type")),
                    MultiMap.caseInsensitiveMultiMap()
                        .add("version", resource.text("schema_version"))))
        .map(
            type ->
                type.all("tasks").stream()
                    .filter(task -> task.text("name").equals(ctx.pathParam("task")))
                    .flatMap(task -> task.all("fields").stream())
                    .filter(field -> !field.is("internal"))
                    .toList());
  }

  /** What was filled in of them; what was left empty is left out. */
  static JsonObject filledIn(MultiMap form, List<Shown> fields) {
    JsonObject args = new JsonObject();
    List<Problem.Wrong> wrong = new ArrayList<>();
    for (Shown field : fields) {
      String name = field.text("name");
      @Nullable String text = form.get(PREFIX + name);
      if (text == null || text.isEmpty()) {
        continue;
      }
      try {
        args.put(name, isJson(field) ? ExactJson.read(text) : text);
      } catch (DecodeException e) {
        // What came is not said: it may be secret, or a part of what is.
        wrong.add(
            new Problem.Wrong(
                "/args/" + name, field.text("type") + " is expected, written as JSON"));
      }
    }
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
    return args;
  }

  /** Such as those that are required, for whoever fills them in elsewhere. */
  static JsonObject required(List<Shown> fields) {
    JsonObject args = new JsonObject();
    for (Shown field : fields) {
      if (field.is("required")) {
        String name = field.text("name");
        List<String> options = field.at("constraints").texts("one_of");
        String text = options.isEmpty() ? name.toUpperCase(Locale.ROOT) : options.get(0);
        args.put(name, isJson(field) && !options.isEmpty() ? ExactJson.read(text) : text);
      }
    }
    return args;
  }

  private static boolean isJson(Shown field) {
    return JSON.contains(field.text("type").replaceFirst("<.*", ""));
  }
}
