package dev.toygun.crypto;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets in the text of stored JSON, whatever else is in it. What a secret is sealed for is a
 * part of what is sealed, so it can be sealed again by somebody who knows nothing of types. Safe
 * for sharing.
 */
public final class SealedText {
  /*
   * Inside a string of JSON its quotes would have backslashes, and a map of somebody's that looks
   * like a secret is in a tag of its own.
   */
  private static final Pattern SEALED =
      Pattern.compile("(?<!\"Hash\": ?)\\{\"Secret\": ?\\[([0-9]{1,9}), ?\"([A-Za-z0-9_=-]+)\"]}");

  private final Keyring keyring;

  /** Seals again with the key of this keyring that seals. */
  public SealedText(Keyring keyring) {
    this.keyring = keyring;
  }

  /** How many secrets there are in it of each key. */
  public static Map<Integer, Long> keys(String json) {
    Map<Integer, Long> keys = new TreeMap<>();
    SEALED.matcher(json).results().forEach(found -> keys.merge(key(found), 1L, Long::sum));
    return keys;
  }

  /**
   * The same, sealed again.
   *
   * @param json the text, other secrets and all else as they were
   * @param renewed how many are sealed by the newer key now
   * @param closed the keys of those that could not be opened, and are as they were
   */
  public record Renewed(String json, int renewed, Set<Integer> closed) {}

  /** Seals again what any other key has sealed. */
  public Renewed renewed(String json, Instant now) {
    return renewed(json, now, key -> key != keyring.sealingKey());
  }

  /**
   * The same text as it is to be stored: what an older key has sealed is sealed again. What a newer
   * one has stays: while services take a new key one after the other, they would undo each other's.
   */
  public String upToDate(String json, Instant now) {
    return json.contains("\"Secret\"")
        ? renewed(json, now, key -> key < keyring.sealingKey()).json()
        : json;
  }

  private Renewed renewed(String json, Instant now, IntPredicate which) {
    int[] renewed = {0};
    Set<Integer> closed = new TreeSet<>();
    Function<MatchResult, String> again =
        found -> {
          int key = key(found);
          if (!which.test(key)) {
            return found.group();
          }
          @Nullable Sealed sealed = keyring.again(new Sealed(key, found.group(2)), now);
          if (sealed == null) {
            closed.add(key);
            return found.group();
          }
          renewed[0]++;
          return "{\"Secret\": [%d, \"%s\"]}".formatted(sealed.key(), sealed.token());
        };
    String text =
        SEALED.matcher(json).replaceAll(found -> Matcher.quoteReplacement(again.apply(found)));
    return new Renewed(text, renewed[0], closed);
  }

  private static int key(MatchResult found) {
    return Integer.parseInt(found.group(1));
  }
}
