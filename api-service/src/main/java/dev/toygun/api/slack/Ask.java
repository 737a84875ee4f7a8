package dev.toygun.api.slack;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Has an operation of the API carried out, for one sender and by the role that they have. */
@FunctionalInterface
public interface Ask {
  /** What the operation answers; fails with why it does not. */
  Future<JsonObject> ask(Question question);

  /**
   * What is asked.
   *
   * @param operation by its id in the contract
   * @param once the same for what is to be done once only; empty for what may be done again
   */
  record Question(
      String operation,
      Map<String, String> path,
      Map<String, String> query,
      JsonObject body,
      String once) {
    public Question {
      path = Map.copyOf(path);
      query = Map.copyOf(query);
      body = body.copy();
    }

    static Question of(String operation, Map<String, String> path) {
      return new Question(operation, path, Map.of(), new JsonObject(), "");
    }

    Question with(Map<String, String> asked) {
      return new Question(operation, path, asked, body, once);
    }

    Question sending(JsonObject sent) {
      return new Question(operation, path, query, sent, once);
    }

    Question once(String name) {
      return new Question(operation, path, query, body, name);
    }
  }
}
