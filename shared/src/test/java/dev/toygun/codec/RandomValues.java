package dev.toygun.codec;

import dev.toygun.Ref;
import dev.toygun.TaskRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of every kind that can be stored, nested, from a seed. */
final class RandomValues {
  private static final List<String> ODD =
      List.of(
          "",
          "Time",
          "Hash",
          "__x__",
          "ü€😀",
          "a\u0000b",
          "\ud800",
          "\\",
          "\"",
          "\n\t",
          "{}",
          "null");

  private final Random random;

  RandomValues(long seed) {
    this.random = new Random(seed);
  }

  @Nullable Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 16 : 13)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> new BigInteger(1 + random.nextInt(200), random);
      case 4 -> new BigDecimal(new BigInteger(70, random), random.nextInt(30) - 5);
      case 5 -> text();
      case 6 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 7 -> Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
      case 8 -> URI.create("http://127.0.0.1:" + random.nextInt(65_536) + "/%20?a=b#c");
      case 9 -> uuid();
      case 10 -> new Ref("website", uuid());
      case 11 -> new TaskRef(uuid(), uuid());
      case 12 -> random.nextDouble();
      case 13 -> list(depth);
      case 14 -> set(depth);
      default -> map(depth);
    };
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  String text() {
    return random.nextBoolean()
        ? ODD.get(random.nextInt(ODD.size()))
        : Long.toString(random.nextLong(), 36);
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(depth - 1));
    }
    return list;
  }

  private Set<@Nullable Object> set(int depth) {
    return new LinkedHashSet<>(list(depth));
  }

  private Map<@Nullable Object, @Nullable Object> map(int depth) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    boolean names = random.nextBoolean();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(names ? text() : value(depth - 1), value(depth - 1));
    }
    return map;
  }
}
