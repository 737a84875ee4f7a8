package dev.toygun.examples.addon;

import dev.toygun.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Heroku asks for add-ons: each request becomes one of Toygun's API, and is answered at once.
 * It keeps nothing, so any number of them may run, behind a proxy that speaks TLS.
 *
 * <pre>
 * ADDON_ID=my-addon ADDON_PASSWORD=… TOYGUN_URL=http://127.0.0.1:8080 TOYGUN_API_KEY=… \
 *     java -cp toygun.jar dev.toygun.examples.addon.Provider
 * </pre>
 */
public final class Provider {
  private static final String RESOURCES = "/heroku/resources";
  private static final int MOST_BYTES = 64 * 1024;
  private static final long PATIENCE_MS = 20_000;

  private final ToygunApi toygun;
  private final byte[] login;

  /** What is answered. */
  private record Reply(int status, JsonObject body) {
    static Reply of(int status, String message) {
      return new Reply(status, new JsonObject().put("message", message));
    }
  }

  /** Something is wrong with what was asked. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    Wrong(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private Provider(ToygunApi toygun, String id, Secret password) {
    this.toygun = toygun;
    String pair = id + ":" + password.reveal();
    this.login =
        ("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * One over this API of Toygun.
   *
   * @param key of an operator, limited to the type {@code addon} if you like
   * @param id of the add-on, from its manifest
   * @param password from its manifest
   */
  public static Provider over(Vertx vertx, URI toygun, Secret key, String id, Secret password) {
    return new Provider(new ToygunApi(vertx, toygun, key), id, password);
  }

  /** Runs one: the environment says how. */
  public static void main(String[] arguments) {
    Map<String, String> env = System.getenv();
    for (String name : List.of("ADDON_ID", "ADDON_PASSWORD", "TOYGUN_URL", "TOYGUN_API_KEY")) {
      if (env.getOrDefault(name, "").isBlank()) {
        System.err.println(name + " is not set");
        System.exit(2);
      }
    }
    Vertx vertx = Vertx.vertx();
    over(
            vertx,
            URI.create(env.getOrDefault("TOYGUN_URL", "")),
            Secret.of(env.getOrDefault("TOYGUN_API_KEY", "")),
            env.getOrDefault("ADDON_ID", ""),
            Secret.of(env.getOrDefault("ADDON_PASSWORD", "")))
        .listen(vertx, Integer.parseInt(env.getOrDefault("PORT", "8090")))
        .onSuccess(server -> System.out.println("listening on 127.0.0.1:" + server.actualPort()))
        .onFailure(
            why -> {
              System.err.println("cannot listen: " + why.getMessage());
              System.exit(1);
            });
  }

  /**
   * Answers requests on the loopback interface.
   *
   * @param port 0 for any that is free
   */
  public Future<HttpServer> listen(Vertx vertx, int port) {
    return vertx
        .createHttpServer(new HttpServerOptions().setIdleTimeout(60))
        .requestHandler(this::answer)
        .listen(port, "127.0.0.1");
  }

  private void answer(HttpServerRequest request) {
    read(request)
        .compose(body -> reply(request, body))
        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
        .otherwise(Provider::failed)
        .onSuccess(
            reply ->
                request
                    .response()
                    .setStatusCode(reply.status())
                    .putHeader("Content-Type", "application/json")
                    .end(reply.body().encode()));
  }

  /** The body; a stranger's is not read, and nobody's that is too long. */
  private Future<Buffer> read(HttpServerRequest request) {
    String sent = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
    if (!MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), login)) {
      return Future.failedFuture(new Wrong(401, "the add-on's id and password are expected"));
    }
    Buffer body = Buffer.buffer();
    request.handler(
        more -> {
          if (body.length() <= MOST_BYTES) {
            body.appendBuffer(more);
          }
        });
    return request
        .end()
        .map(
            end -> {
              if (body.length() > MOST_BYTES) {
                throw new Wrong(413, "at most " + MOST_BYTES + " bytes are expected");
              }
              return body;
            });
  }

  private Future<Reply> reply(HttpServerRequest request, Buffer body) {
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.POST) && request.path().equals(RESOURCES)) {
      return provision(json(body));
    }
    if (!request.path().startsWith(RESOURCES + "/")) {
      throw new Wrong(404, "there is nothing here: " + RESOURCES + " is expected");
    }
    UUID addon = uuid("the path's uuid", request.path().substring(RESOURCES.length() + 1));
    if (method.equals(HttpMethod.DELETE)) {
      return deprovision(addon);
    }
    if (method.equals(HttpMethod.PUT)) {
      throw new Wrong(422, "the plan of an add-on stays as it is: add another one instead");
    }
    throw new Wrong(405, "POST, PUT or DELETE is expected");
  }

  /* What is asked for twice is there once: its label is Heroku's uuid. */
  private Future<Reply> provision(JsonObject asked) {
    UUID addon = uuid("uuid", asked.getString("uuid"));
    JsonObject grant = asked.getJsonObject("oauth_grant");
    String code = grant == null ? null : grant.getString("code");
    if (code == null) {
      throw new Wrong(422, "oauth_grant.code is expected");
    }
    JsonObject fields =
        new JsonObject()
            .put("addon", addon.toString())
            .put("plan", asked.getString("plan"))
            .put("name", asked.getString("name"))
            .put("region", asked.getString("region"))
            .put("grant", code);
    return toygun
        .create(Addon.TYPE, addon.toString(), fields)
        .map(
            made ->
                new Reply(
                    202,
                    new JsonObject()
                        .put("id", addon.toString())
                        .put("message", "Your database is being made.")));
  }

  private Future<Reply> deprovision(UUID addon) {
    return toygun
        .delete(Addon.TYPE, addon.toString())
        .map(
            found ->
                found
                    ? new Reply(204, new JsonObject())
                    : Reply.of(410, "there is no such add-on any more"));
  }

  private static Reply failed(Throwable why) {
    if (why instanceof Wrong wrong) {
      return Reply.of(wrong.status, String.valueOf(wrong.getMessage()));
    }
    if (why instanceof ToygunApi.Refused refused) {
      return Reply.of(422, String.valueOf(refused.getMessage()));
    }
    if (why instanceof ClassCastException) {
      return Reply.of(422, "the body is not what is expected of a request for an add-on");
    }
    return Reply.of(503, "try again later");
  }

  private static JsonObject json(Buffer body) {
    try {
      return body.toJsonObject();
    } catch (DecodeException | ClassCastException noObject) {
      throw new Wrong(422, "a JSON object is expected");
    }
  }

  private static UUID uuid(String what, @Nullable String text) {
    try {
      return UUID.fromString(Objects.requireNonNullElse(text, ""));
    } catch (IllegalArgumentException noUuid) {
      throw new Wrong(422, what + ": a uuid is expected");
    }
  }
}
