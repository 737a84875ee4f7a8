package dev.toygun.service;

import dev.toygun.alert.LastSink;
import dev.toygun.alert.Network;
import dev.toygun.crypto.Keyring;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.Retention;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Every setting there is. {@code toygun settings} prints this list. */
public final class Keys {
  /** How log lines are written. */
  public enum LogFormat {
    /** One line of words each. */
    TEXT,
    /** One JSON object each. */
    JSON
  }

  public static final Key<Path> CONFIG =
      Key.of(
          "TOYGUN_CONFIG",
          Kind.path(),
          null,
          "A file of NAME=VALUE lines for what the environment does not say.");

  public static final Key<DatabaseUrl> DATABASE_URL =
      Key.secret(
          "TOYGUN_DATABASE_URL",
          new Kind<>(
              "a URL such as postgresql://user:password@host:5432/database",
              DatabaseUrl::parse,
              true),
          "The Postgres that holds the truth.");

  public static final Key<Integer> DATABASE_POOL =
      Key.of(
          "TOYGUN_DATABASE_POOL",
          Kind.integer(2, 200),
          "8",
          "How many connections to Postgres a service opens at most; an API opens half as many more,"
              + " to read for its callers: 12 instead of 8.");

  public static final Key<URI> REDIS_URL =
      Key.secret(
          "TOYGUN_REDIS_URL",
          Kind.url("redis://:password@host:6379", "redis", "rediss"),
          "The Redis that carries queues and leases.");

  public static final Key<String> KEYCHAIN =
      Key.secret(
          "TOYGUN_KEYCHAIN",
          new Kind<>(
              "a keychain such as {\"0\":\"<fernet key>\"}",
              text -> {
                Keyring.parse(text, bytes -> {}); // Nothing is sealed with this one.
                return text;
              },
              true),
          "The keys that seal secrets and tickets: {\"0\":\"<fernet key>\", …}; the highest id"
              + " seals, or the one that \"seals\":0 names; all open.");

  public static final Key<String> HOST =
      Key.of("TOYGUN_HOST", Kind.text(), "127.0.0.1", "The address that a service listens on.");

  public static final Key<Integer> PORT =
      Key.of(
          "TOYGUN_PORT",
          Kind.integer(0, 65535),
          "8080",
          "The port of the API; 0 takes a free one.");

  public static final Key<Integer> METRICS_PORT =
      Key.of(
          "TOYGUN_METRICS_PORT",
          Kind.integer(0, 65535),
          "9464",
          "The port of /metrics, and of a clock's and a worker's /health and /ready; 0 takes a"
              + " free one.");

  public static final Key<List<String>> QUEUES =
      Key.of("TOYGUN_QUEUES", Kind.names(), "default", "The queues that a worker takes from.");

  public static final Key<List<Network>> SINK_NETWORKS =
      Key.of(
          "TOYGUN_SINK_NETWORKS",
          new Kind<>(
              "networks such as 10.0.0.0/8 with ',' between them",
              text ->
                  Arrays.stream(text.split(",", -1)).map(String::strip).map(Network::of).toList()),
          null,
          "Private networks that sinks of alarms may reach; unencrypted too.");

  public static final Key<List<LastSink>> LAST_RESORT =
      Key.secret(
          "TOYGUN_LAST_RESORT",
          new Kind<>(
              "a JSON list such as [{\"kind\":\"webhook\",\"url\":\"https://…\",\"secret\":\"…\"}]",
              LastSink::read,
              true),
          "The sinks that a service tells by itself when it has had no Postgres for 30 s.");

  public static final Key<URI> OTLP_URL =
      Key.of(
          "TOYGUN_OTLP_URL",
          Kind.url("http://127.0.0.1:4318", "http", "https"),
          null,
          "The collector of traces, over OTLP by HTTP: what requests led to is sent there.");

  public static final Key<String> OTLP_AUTHORIZATION =
      Key.secret(
          "TOYGUN_OTLP_AUTHORIZATION",
          Kind.text(),
          "The header Authorization that the collector of traces wants, such as Bearer ….");

  public static final Key<OidcSettings> OIDC =
      Key.secret(
          "TOYGUN_OIDC",
          new Kind<>(
              "a JSON object such as {\"issuer\":\"https://…\",\"client_id\":\"toygun\","
                  + "\"roles\":{\"sre\":\"admin\"}}",
              OidcSettings::read,
              true),
          "The OpenID Connect provider that says who people are, and which role each group has.");

  public static final Key<SlackSettings> SLACK =
      Key.secret(
          "TOYGUN_SLACK",
          new Kind<>(
              "a JSON object such as {\"signing_secret\":\"…\",\"team\":\"T012AB3C4\","
                  + "\"users\":{\"U012AB3C4\":\"operator\"}}",
              SlackSettings::read,
              true),
          "The Slack app whose commands and buttons are carried out, and which role each of its"
              + " people has.");

  public static final Key<List<Path>> TYPES_PATH =
      Key.of(
          "TOYGUN_TYPES_PATH",
          Kind.paths(),
          null,
          "Jars, or folders of jars, with resource types for a worker.");

  public static final Key<String> WORKER_ID =
      Key.of(
          "TOYGUN_WORKER_ID",
          new Kind<>(
              "1 to 64 of a-z, A-Z, 0-9, '.', '-' and '_'",
              text -> {
                Kind.check(text.matches("[A-Za-z0-9._-]{1,64}"));
                return text;
              }),
          null,
          "How a worker is called; a new name at each start where nobody says.");

  public static final Key<Integer> BLOCKING_THREADS =
      Key.of(
          "TOYGUN_BLOCKING_THREADS",
          Kind.integer(1, 1000),
          "64",
          "How many blocking steps a worker runs at once.");

  public static final Key<Integer> IN_FLIGHT =
      Key.of(
          "TOYGUN_IN_FLIGHT",
          Kind.integer(1, 100_000),
          "2000",
          "How many subjects a worker has in hand at most.");

  public static final Key<Integer> BACKLOG =
      Key.of(
          "TOYGUN_BACKLOG",
          Kind.integer(1, 100_000),
          "128",
          "How many subjects wait in a worker for a lease, to be read, or to be committed, before"
              + " it takes no more; and how many steps of a list wait for a thread, before it takes"
              + " no more of that.");

  public static final Key<Duration> DRAIN =
      Key.of(
          "TOYGUN_DRAIN",
          Kind.duration(),
          "20s",
          "How long a service that is asked to stop may take to finish what it has begun.");

  public static final Key<Retention.Mode> KEEP =
      Key.of(
          "TOYGUN_KEEP",
          Kind.oneOf(Retention.Mode.class),
          "policy",
          "What a clock removes: what has ended and is older than its type keeps it, or, with"
              + " forever, nothing.");

  public static final Key<Duration> KEEP_HISTORY =
      Key.of(
          "TOYGUN_KEEP_HISTORY",
          Kind.days(),
          "400d",
          "How long moves, changes, errors, signals, alarms and the like stay of what lives, and"
              + " holds that are over.");

  public static final Key<Duration> KEEP_AUDIT =
      Key.of("TOYGUN_KEEP_AUDIT", Kind.days(), "400d", "How long it stays who asked for what.");

  public static final Key<Path> DATA =
      Key.of(
          "TOYGUN_DATA",
          Kind.path(),
          ".toygun",
          "Where `toygun up` keeps its Postgres, its keychain and its API key.");

  public static final Key<LogFormat> LOG =
      Key.of("TOYGUN_LOG", Kind.oneOf(LogFormat.class), "json", "How log lines are written.");

  public static final Key<URI> URL =
      Key.of(
          "TOYGUN_URL",
          Kind.url("http://127.0.0.1:8080", "http", "https"),
          null,
          "Where the client's verbs find the API.");

  public static final Key<String> API_KEY =
      Key.secret("TOYGUN_API_KEY", Kind.text(), "The key that the client's verbs show the API.");

  /** All of them, in the order in which they are explained. */
  public static final List<Key<?>> ALL =
      List.of(
          CONFIG,
          DATABASE_URL,
          DATABASE_POOL,
          REDIS_URL,
          KEYCHAIN,
          HOST,
          PORT,
          METRICS_PORT,
          QUEUES,
          SINK_NETWORKS,
          LAST_RESORT,
          OTLP_URL,
          OTLP_AUTHORIZATION,
          OIDC,
          SLACK,
          TYPES_PATH,
          WORKER_ID,
          BLOCKING_THREADS,
          IN_FLIGHT,
          BACKLOG,
          DRAIN,
          KEEP,
          KEEP_HISTORY,
          KEEP_AUDIT,
          DATA,
          LOG,
          URL,
          API_KEY);

  private Keys() {}
}
