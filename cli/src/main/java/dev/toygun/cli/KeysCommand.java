package dev.toygun.cli;

import dev.toygun.cli.client.Screen;
import dev.toygun.cli.client.Table;
import dev.toygun.crypto.Keyring;
import dev.toygun.crypto.SealedText;
import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.standalone.DataFolder;
import dev.toygun.store.Database;
import dev.toygun.store.DatabaseSettings;
import dev.toygun.store.Sealer;
import dev.toygun.store.SecretRows;
import dev.toygun.time.SystemTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which keys what is stored is sealed by, and sealing it again. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "Say how many of the stored secrets each key has sealed. A key that has sealed any cannot be"
          + " taken out of TOYGUN_KEYCHAIN.",
      "",
      "Reads the Postgres of TOYGUN_DATABASE_URL, else that of the `toygun up` that runs on"
          + " TOYGUN_DATA, from one end to the other.",
      "",
      "With --new it asks no database, and prints a fresh key for TOYGUN_KEYCHAIN.",
      "",
      "Examples:",
      "  toygun keys",
      "  toygun keys --new",
      "  toygun keys --rekey"
    })
final class KeysCommand implements Callable<Integer> {
  private static final int PAGE = 100;

  /** What is written while a round goes on is met by the next one. */
  private static final int ROUNDS = 5;

  private static final Duration ASK = Duration.ofMinutes(2);

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where `toygun up` keeps its data (TOYGUN_DATA, else ./.toygun).")
  private @Nullable Path folder;

  @Option(
      names = "--rekey",
      description =
          "First seal again, by the key of TOYGUN_KEYCHAIN that seals, whatever another has sealed;"
              + " it can be broken off and run again at any time. Ends with 1 where some is left.")
  private boolean rekey;

  @Option(
      names = "--new",
      description =
          "Print a fresh key, and nothing else: {\"0\":\"KEY\"} is the TOYGUN_KEYCHAIN of a new"
              + " installation; docs/secrets.md says how one is added to another. Keep it secret,"
              + " and a copy of it.")
  private boolean fresh;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (fresh) {
      if (rekey || folder != null) {
        throw new Exit.Failure(Exit.USAGE, "--new asks nobody: leave --rekey and --data out.");
      }
      return made(out);
    }
    Config config = AuditCommand.found(Config.read(System.getenv(), List.of()), folder);
    Launcher.logAs(config);
    Vertx vertx = Vertx.vertx();
    SystemTime time = new SystemTime(vertx);
    Keyring keyring = Keyring.parse(keychain(config), time::random);
    checkNewest(keyring);
    Database database =
        Database.of(vertx, config.get(Keys.DATABASE_URL), DatabaseSettings.of("toygun-keys"));
    try {
      SecretRows rows = new SecretRows(database);
      Set<Integer> closed = rekey ? rekeyed(rows, new SealedText(keyring), time, out) : Set.of();
      // Before anything is counted: who is gone by then writes nothing any more.
      Set<Sealer> sealers = Launcher.wait(rows.sealers(), ASK);
      return told(counted(rows), keyring, closed, sealers, out);
    } catch (Exit.Failure e) {
      throw e;
    } catch (Exception e) {
      throw new Exit.Failure(
          Exit.UNAVAILABLE,
          "The database does not answer; what was done stays done: " + e.getMessage());
    } finally {
      Launcher.wait(database.close(), ASK);
      Launcher.wait(vertx.close(), ASK);
    }
  }

  private static int made(PrintWriter out) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      out.println(Keyring.newKey(new SystemTime(vertx)::random));
      out.flush();
      return Exit.OK;
    } finally {
      Launcher.wait(vertx.close(), ASK);
    }
  }

  /** In the middle of a change of keys it would seal by the one that is to go. */
  private void checkNewest(Keyring keyring) {
    int newest = keyring.ids().stream().max(Integer::compare).orElseThrow();
    if (rekey && keyring.sealingKey() != newest) {
      throw new Exit.Failure(
          Exit.USAGE,
          "TOYGUN_KEYCHAIN seals by key %d, though it has key %d: once every service has both, take"
                  .formatted(keyring.sealingKey(), newest)
              + " \"seals\" out of it, here too. Nothing was changed.");
    }
  }

  private String keychain(Config config) throws Exception {
    return config.find(Keys.KEYCHAIN).isPresent()
        ? config.get(Keys.KEYCHAIN)
        : DataFolder.storedKeychain(folder == null ? config.get(Keys.DATA) : folder)
            .orElseThrow(
                () ->
                    new Exit.Failure(
                        Exit.USAGE,
                        "No keychain: set TOYGUN_KEYCHAIN to what the services have, or run this"
                            + " where `toygun up` keeps its data."));
  }

  /** Seals all of it again; the keys of what could not be opened. */
  private static Set<Integer> rekeyed(
      SecretRows rows, SealedText seal, SystemTime time, PrintWriter out) throws Exception {
    Set<Integer> closed = new TreeSet<>();
    for (int round = 1; round <= ROUNDS; round++) {
      long[] renewed = {0};
      for (SecretRows.Table table : SecretRows.Table.values()) {
        if (table == SecretRows.Table.SINKS) {
          continue;
        }
        long seen =
            all(
                place ->
                    rows.renew(
                        table,
                        place,
                        PAGE,
                        text -> {
                          SealedText.Renewed done = seal.renewed(text, time.now());
                          renewed[0] += done.renewed();
                          closed.addAll(done.closed());
                          return done.json();
                        }));
        out.printf(
            "Round %d: looked at %d %s; %d secrets sealed again so far.%n",
            round, seen, name(table), renewed[0]);
        out.flush();
      }
      if (renewed[0] == 0) {
        break;
      }
    }
    return closed;
  }

  /** How many secrets of each key there are, table by table. */
  private static Map<Integer, Map<SecretRows.Table, Long>> counted(SecretRows rows)
      throws Exception {
    Map<Integer, Map<SecretRows.Table, Long>> counts = new TreeMap<>();
    for (SecretRows.Table table : SecretRows.Table.values()) {
      all(
          place ->
              rows.read(
                  table,
                  place,
                  PAGE,
                  text ->
                      SealedText.keys(text)
                          .forEach(
                              (key, n) ->
                                  counts
                                      .computeIfAbsent(key, k -> new TreeMap<>())
                                      .merge(table, n, Long::sum))));
    }
    return counts;
  }

  /** Page after page; how many rows there were. */
  private static long all(Function<SecretRows.Place, Future<SecretRows.Place>> page)
      throws Exception {
    SecretRows.Place place = SecretRows.START;
    while (place.more()) {
      place = Launcher.wait(page.apply(place), ASK);
    }
    return place.seen();
  }

  private static String name(SecretRows.Table table) {
    return table.name().toLowerCase(Locale.ROOT);
  }

  private int told(
      Map<Integer, Map<SecretRows.Table, Long>> counts,
      Keyring keyring,
      Set<Integer> closed,
      Set<Sealer> sealers,
      PrintWriter out) {
    Table table = new Table("KEY", "RESOURCES", "TASKS", "SIGNALS", "SINKS", "KEYCHAIN");
    Set<Integer> ids = new TreeSet<>(keyring.ids());
    ids.addAll(counts.keySet());
    long older = 0;
    for (int id : ids) {
      Map<SecretRows.Table, Long> of = counts.getOrDefault(id, Map.of());
      long all = of.values().stream().mapToLong(Long::longValue).sum();
      older += id == keyring.sealingKey() ? 0 : all;
      table.row(
          Integer.toString(id),
          Long.toString(of.getOrDefault(SecretRows.Table.RESOURCES, 0L)),
          Long.toString(of.getOrDefault(SecretRows.Table.TASKS, 0L)),
          Long.toString(of.getOrDefault(SecretRows.Table.SIGNALS, 0L)),
          Long.toString(of.getOrDefault(SecretRows.Table.SINKS, 0L)),
          said(id, all, keyring, sealers));
    }
    out.print(table.text(Screen.width()));
    closed.forEach(
        id ->
            out.printf(
                "Some that key %d has sealed could not be opened: %s.%n",
                id,
                keyring.has(id)
                    ? "they were changed, or another key had that id"
                    : "put that key back into TOYGUN_KEYCHAIN"));
    sealers.stream()
        .filter(sealer -> sealer.key() == null || sealer.key() != keyring.sealingKey())
        .map(KeysCommand::said)
        .sorted()
        .forEach(out::println);
    if (rekey && older > 0) {
      out.printf(
          "%d are sealed by another key than %d still; services seal those of sinks again within ten minutes.%n",
          older, keyring.sealingKey());
    }
    out.flush();
    return rekey && older > 0 ? Exit.FAILED : Exit.OK;
  }

  private static String said(Sealer sealer) {
    return sealer.key() == null
        ? "A service of an older build, %s, is connected, which does not say by which key it seals: restart it by this build."
            .formatted(sealer.service())
        : "A service, %s, is connected that seals by key %d: give it this keychain, and restart it."
            .formatted(sealer.service(), sealer.key());
  }

  private static String said(int id, long sealed, Keyring keyring, Set<Sealer> sealers) {
    if (!keyring.has(id)) {
      return "missing";
    }
    if (id == keyring.sealingKey()) {
      return "seals";
    }
    if (sealed > 0 || sealers.stream().anyMatch(sealer -> sealer.mayUse(id))) {
      return "opens";
    }
    return id < keyring.sealingKey() ? "can go" : "not yet used";
  }
}
