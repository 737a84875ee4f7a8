package dev.toygun.crypto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a keychain's text, and gathers everything wrong with it. */
final class KeychainText {
  /* A parser's own messages quote what they stumbled over, and here that is a key: so no message of
   * Jackson's, and no value, gets into a problem. Not even a bad id is quoted: whoever swaps id and
   * key would find the key in the log. */

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern ID = Pattern.compile("0|[1-9][0-9]{0,8}");

  private static final String SEALS = "seals";

  private final NavigableMap<Integer, byte[]> keys = new TreeMap<>();
  private @Nullable Integer seals;
  private final List<String> problems = new ArrayList<>();

  private KeychainText() {}

  static KeychainText read(@Nullable String text) {
    KeychainText reading = new KeychainText();
    if (text == null || text.isBlank()) {
      reading.problems.add("it is missing or empty");
    } else {
      reading.parse(text);
    }
    if (!reading.problems.isEmpty()) {
      throw new BrokenKeychain(reading.problems);
    }
    return reading;
  }

  NavigableMap<Integer, byte[]> keys() {
    return keys;
  }

  /** The id of the key that seals: the highest, unless another is named. */
  int seals() {
    return seals == null ? keys.lastKey() : seals;
  }

  private void parse(String text) {
    try (JsonParser p = JSON.createParser(text)) {
      if (p.nextToken() != JsonToken.START_OBJECT) {
        problems.add("it is not a JSON object");
        return;
      }
      int entry = 0;
      while (p.nextToken() != JsonToken.END_OBJECT) {
        String id = p.currentName();
        JsonToken value = p.nextToken();
        entry++;
        if (id.equals(SEALS)) {
          seals(value.isScalarValue() ? p.getText() : "");
        } else {
          entry(entry, id, value == JsonToken.VALUE_STRING ? p.getText() : null);
        }
        p.skipChildren();
      }
      if (p.nextToken() != null) {
        problems.add("something follows the JSON object");
      } else if (problems.isEmpty() && keys.isEmpty()) {
        problems.add("it holds no key");
      } else if (problems.isEmpty() && !keys.containsKey(seals())) {
        problems.add("%s: there is no key %d".formatted(SEALS, seals));
      }
    } catch (JsonProcessingException e) {
      String what =
          e.getOriginalMessage().startsWith("Duplicate field") ? "an id twice" : "not JSON";
      problems.add(
          "%s (at line %d, column %d)"
              .formatted(what, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException("reading a string cannot fail", e);
    }
  }

  private void seals(String id) {
    if (ID.matcher(id).matches()) {
      seals = Integer.valueOf(id);
    } else {
      problems.add(SEALS + ": is not a whole number from 0 to 999999999");
    }
  }

  private void entry(int position, String id, @Nullable String key) {
    boolean named = ID.matcher(id).matches();
    String who = named ? "key " + id : "entry " + position;
    if (!named) {
      problems.add(who + ": its id is not a whole number from 0 to 999999999");
    }
    byte[] bytes = key == null ? null : bytes(who, key);
    if (key == null) {
      problems.add(who + ": is not a string");
    }
    if (named && bytes != null) {
      keys.forEach(
          (other, same) -> {
            if (Arrays.equals(same, bytes)) {
              problems.add(who + ": is the same key as key " + other);
            }
          });
      keys.put(Integer.valueOf(id), bytes);
    }
  }

  private byte @Nullable [] bytes(String who, String key) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      problems.add(who + ": is not URL-safe Base64");
      return null;
    }
    if (bytes.length != Fernet.KEY_BYTES) {
      problems.add(who + ": is " + bytes.length + " bytes, a Fernet key is " + Fernet.KEY_BYTES);
      return null;
    }
    return bytes;
  }
}
