package dev.toygun.examples.addon;

import dev.toygun.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** As much of Toygun's API as a provider needs: resources by their label. */
final class ToygunApi {
  private static final long PATIENCE_MS = 15_000;

  private final HttpClient client;
  private final URI url;
  private final Secret key;

  /** The API will not, however often it is asked. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  private record Answer(int status, JsonObject body) {
    String detail() {
      return body.getString("detail", "");
    }
  }

  ToygunApi(Vertx vertx, URI url, Secret key) {
    this.client = vertx.createHttpClient();
    this.url = url;
    this.key = key;
  }

  /** There is one of this label from then on, though it may have been there. */
  Future<Void> create(String type, String label, JsonObject fields) {
    JsonObject body = new JsonObject().put("label", label).put("fields", fields);
    return send(HttpMethod.POST, "/v1/resources/" + type, body)
        .compose(
            answer -> {
              if (answer.status() == 409) {
                return find(type, label)
                    .compose(
                        there ->
                            there.isEmpty()
                                ? Future.failedFuture(new Refused(answer.detail()))
                                : Future.succeededFuture());
              }
              return answer.status() == 422
                  ? Future.failedFuture(new Refused(answer.detail()))
                  : good(answer).mapEmpty();
            });
  }

  /** Asks the one of this label to go; answers whether there is one. */
  Future<Boolean> delete(String type, String label) {
    return find(type, label)
        .compose(
            uuid ->
                uuid.isEmpty()
                    ? Future.succeededFuture(false)
                    : send(HttpMethod.DELETE, "/v1/resources/" + type + "/" + uuid, null)
                        .compose(
                            answer ->
                                answer.status() == 404
                                    ? Future.succeededFuture(false)
                                    : good(answer).map(true)));
  }

  private Future<String> find(String type, String label) {
    return send(HttpMethod.GET, "/v1/resources/" + type + "?filter=label%3D" + label, null)
        .compose(ToygunApi::good)
        .map(
            answer -> {
              JsonArray items = answer.body().getJsonArray("items");
              return items.isEmpty() ? "" : items.getJsonObject(0).getString("uuid");
            });
  }

  private static Future<Answer> good(Answer answer) {
    return answer.status() < 300
        ? Future.succeededFuture(answer)
        : Future.failedFuture("Toygun answered with " + answer.status());
  }

  private Future<Answer> send(HttpMethod method, String path, @Nullable JsonObject body) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url.resolve(path).toString())
            .setTimeout(PATIENCE_MS)
            .putHeader("Authorization", "Bearer " + key.reveal());
    if (body != null) {
      request.putHeader("Content-Type", "application/json");
    }
    return client
        .request(request)
        .compose(sent -> body == null ? sent.send() : sent.send(body.encode()))
        .compose(
            answer ->
                answer
                    .body()
                    .map(
                        read ->
                            new Answer(
                                answer.statusCode(),
                                read.length() == 0 ? new JsonObject() : read.toJsonObject())))
        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }
}
