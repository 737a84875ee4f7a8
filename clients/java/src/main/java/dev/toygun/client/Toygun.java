package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A Toygun, over its HTTP API. Threads may share it.
 *
 * <pre>{@code
 * try (Toygun toygun = Toygun.connect()) {
 *   Resource db = toygun.resources().create("local-postgres", Map.of("password", "…"), label("main"));
 *   db = toygun.resources().wait(db, state("available"));
 * }
 * }</pre>
 */
public final class Toygun implements AutoCloseable {
  private final Requests requests;

  Toygun(Requests requests) {
    this.requests = requests;
  }

  /**
   * The API that the environment says, as the command line finds it: {@code TOYGUN_URL} and {@code
   * TOYGUN_API_KEY}, or what {@code toygun up} has left in {@code TOYGUN_DATA} ({@code ./.toygun}).
   * Sends nothing yet.
   *
   * @throws ToygunException where there is no key
   * @throws IllegalArgumentException where the URL or the key can be none, or the key would travel
   *     unencrypted to another machine
   */
  public static Toygun connect() {
    return builder().build();
  }

  /** An API that is said. */
  public static Builder builder() {
    return new Builder();
  }

  /** How an API is reached. What is not said is as {@link #connect} has it. For one thread. */
  public static final class Builder {
    private @Nullable String url;
    private @Nullable String key;
    private Duration timeout = Duration.ofSeconds(35);
    private int tries = 5;
    private @Nullable SSLContext tls;
    private boolean allowHttp;

    private Builder() {}

    /** Where the API is, such as {@code https://toygun.example}. */
    public Builder url(String url) {
      this.url = url;
      return this;
    }

    /** An API key. */
    public Builder key(String key) {
      this.key = key;
      return this;
    }

    /** After which time without a whole answer a try is given up; else 35 s. */
    public Builder timeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("timeout: more than 0 is expected, not " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * How often a request is sent at most, where that is safe; else 5 times. A change that is under
     * way already is asked about for longer, unless this is 1.
     */
    public Builder tries(int tries) {
      if (tries < 1) {
        throw new IllegalArgumentException("tries: 1 or more is expected, not " + tries);
      }
      this.tries = tries;
      return this;
    }

    /** How the API's certificate is verified; else by the CAs that Java trusts. */
    public Builder tls(SSLContext tls) {
      this.tls = tls;
      return this;
    }

    /** The key may travel unencrypted to another machine. */
    public Builder allowHttp() {
      this.allowHttp = true;
      return this;
    }

    /**
     * Sends nothing yet.
     *
     * @throws ToygunException where there is no key
     * @throws IllegalArgumentException where the URL or the key can be none, or the key would
     *     travel unencrypted to another machine
     */
    public Toygun build() {
      return build(Found.in(System.getenv(), Path.of("")), Time.REAL);
    }

    Toygun build(Found found, Time time) {
      Found all = found.given(url, key);
      Connection connection = new Connection(all.url(), all.key(), timeout, tls, allowHttp);
      return new Toygun(new Requests(connection, time, tries, false, null));
    }
  }

  /** The types that workers have published. */
  public Types types() {
    return new Types(requests);
  }

  /** Resources. */
  public Resources resources() {
    return new Resources(requests);
  }

  /** Runs of tasks. */
  public Tasks tasks() {
    return new Tasks(requests);
  }

  /** What happens. */
  public Events events() {
    return new Events(requests);
  }

  /** Alarms. */
  public Alarms alarms() {
    return new Alarms(requests);
  }

  /** What went wrong in users' code. */
  public Errors errors() {
    return new Errors(requests);
  }

  /** What is on hold. */
  public Holds holds() {
    return new Holds(requests);
  }

  /** What keeps tasks from running while what they need does not work. */
  public Breakers breakers() {
    return new Breakers(requests);
  }

  /** How well tasks put alarms right. */
  public Repairs repairs() {
    return new Repairs(requests);
  }

  /** One thing done with many resources. */
  public BulkRuns bulk() {
    return new BulkRuns(requests);
  }

  /** What waits in each queue. */
  public Queues queues() {
    return new Queues(requests);
  }

  /** The workers that live. */
  public Workers workers() {
    return new Workers(requests);
  }

  /** What ticks have used. */
  public Usage usage() {
    return new Usage(requests);
  }

  /** Who is told of alarms and errors. */
  public Sinks sinks() {
    return new Sinks(requests);
  }

  /** Messages about alarms and errors. */
  public Deliveries deliveries() {
    return new Deliveries(requests);
  }

  /** API keys. */
  public Keys keys() {
    return new Keys(requests);
  }

  /** Who changed something. */
  public Audit audit() {
    return new Audit(requests);
  }

  /**
   * The same, whose changes are only checked: a method returns if it could be done, and throws if
   * not. What it returns has no more than {@code "valid": true} then. What the API cannot check is
   * refused with an {@link IllegalArgumentException}, before anything is sent.
   */
  public Toygun dry() {
    return new Toygun(
        new Requests(
            requests.connection(), requests.time(), requests.tries(), true, requests.once()));
  }

  /**
   * The same, for one change, which is carried out once within a day however often it is asked for.
   * Without this each call has a name of its own, by which only its own tries are one.
   *
   * @param name one that you keep, so that it means the same after your program was started anew
   * @throws IllegalArgumentException where it is not 1 to 200 printable characters of ASCII
   */
  public Toygun once(String name) {
    if (!name.matches("[ -~]{1,200}")) {
      throw new IllegalArgumentException(
          "once: 1 to 200 printable characters of ASCII are expected");
    }
    return new Toygun(
        new Requests(
            requests.connection(), requests.time(), requests.tries(), requests.dry(), name));
  }

  /** Returns where the process answers; throws a {@link Problem} where it does not. */
  public void health() {
    requests.call(new Call(Operation.HEALTH));
  }

  /** Whether it can do its work, and what is missing if not. Asks once. */
  public Ready ready() {
    return new Ready(requests.ready());
  }

  /** The OpenAPI document that the API serves. */
  public JsonNode contract() {
    return requests.call(new Call(Operation.CONTRACT));
  }

  /**
   * Ends the streams of events that are open, of those too that {@link #dry} and {@link #once}
   * gave; nothing can be asked for any more, which is an {@link IllegalStateException}. A request
   * that is under way ends as it would. The threads of connections are daemons, and end some time
   * after nobody has this any more.
   */
  @Override
  public void close() {
    requests.connection().close();
  }

  /** Where it is; without the key. */
  @Override
  public String toString() {
    return "Toygun[%s]".formatted(requests.connection());
  }
}
