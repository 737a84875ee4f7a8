package dev.toygun.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.Ref;
import dev.toygun.codec.Codec;
import dev.toygun.codec.Decorated;
import dev.toygun.crypto.Keyring;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.testing.servers.PostgresServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Decorated JSON through the real {@code jsonb} of Postgres, which rewrites what it is given. */
class JsonbTest {
  private static final DatabaseUrl DATABASE = PostgresServer.shared().empty();
  private static final Field<Odd> ODD = Field.json("odd", Odd.class);

  private static @Nullable Connection connection;

  record Odd(double ratio, BigDecimal price, String text, Map<String, Integer> tags) {}

  @BeforeAll
  static void connect() throws SQLException {
    connection = DriverManager.getConnection(DATABASE.jdbc(), DATABASE.user(), DATABASE.password());
  }

  @AfterAll
  static void disconnect() throws SQLException {
    if (connection != null) {
      connection.close();
    }
    PostgresServer.shared().drop(DATABASE);
  }

  @Test
  void whatPostgresMakesOfAnyValueIsReadBack() throws SQLException {
    for (long seed = 0; seed < 500; seed++) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("value", value(new Random(seed), 3));
      fields.put("a longer name", seed);
      String text = Decorated.formatFields(fields);

      assertThat(Decorated.parseFields(stored(text)))
          .as("seed %d: %s", seed, text)
          .isEqualTo(fields);
    }
  }

  @Test
  void whatPostgresMakesOfARecordIsReadBack() throws SQLException {
    Random random = new Random(9);
    Codec codec =
        new Codec(
            Keyring.parse(Keyring.newKeychain(random::nextBytes), random::nextBytes),
            () -> Instant.EPOCH,
            "test");
    Odd odd = new Odd(1e300, new BigDecimal("1E+3"), "half \ud800, nul \u0000", Map.of("Time", 1));

    String json = codec.read(List.of(ODD), "thing", new UUID(1, 2), "{}").with(ODD, odd).toJson();

    assertThat(codec.read(List.of(ODD), "thing", new UUID(1, 2), stored(json)).find(ODD))
        .as("stored as %s", json)
        .hasValue(odd);
  }

  /** What a row says after Postgres has kept it. */
  private static String stored(String json) throws SQLException {
    if (connection == null) {
      throw new IllegalStateException("not connected");
    }
    try (PreparedStatement statement = connection.prepareStatement("select ?::jsonb::text")) {
      statement.setString(1, json);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private static @Nullable Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 11)) {
      case 0 -> random.nextLong();
      case 1 -> new BigInteger(200, random);
      case 2 -> new BigDecimal(new BigInteger(70, random), random.nextInt(40) - 10);
      case 3 -> text(random);
      case 4 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 5 -> Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
      case 6 -> URI.create("http://127.0.0.1:" + random.nextInt(65_536) + "/%20?a=b#c");
      case 7 -> new UUID(random.nextLong(), random.nextLong());
      case 8 -> new Ref("website", new UUID(random.nextLong(), random.nextLong()));
      case 9 -> random.nextBoolean() ? -0.0 : random.nextGaussian() * 1e200;
      case 10 -> random.nextBoolean();
      case 11 -> list(random, depth);
      case 12 -> new LinkedHashSet<>(list(random, depth));
      default -> map(random, depth);
    };
  }

  private static List<@Nullable Object> list(Random random, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(random, depth - 1));
    }
    return list;
  }

  private static Map<@Nullable Object, @Nullable Object> map(Random random, int depth) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    boolean names = random.nextInt(3) > 0;
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(names ? text(random) : value(random, depth - 1), value(random, depth - 1));
    }
    return map;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "Time" : "");
    for (int i = random.nextInt(8); i > 0; i--) {
      switch (random.nextInt(6)) {
        case 0 -> text.append('\u0000');
        case 1 -> text.append((char) (0xd800 + random.nextInt(0x800)));
        case 2 -> text.append("\\u0000\"\\/");
        case 3 -> text.append("😀ü\u2028\u007f");
        case 4 -> text.append((char) random.nextInt(32));
        default -> text.append("plain");
      }
    }
    return text.toString();
  }
}
