package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads NAME=VALUE words as what the fields of a type are. */
final class Values {
  private Values() {}

  /**
   * Values by name.
   *
   * @param known the fields of the type, as the API describes them
   * @param of whose fields they are, for a message
   */
  static Map<String, Object> of(List<String> words, JsonNode known, String of) {
    Map<String, Object> values = new LinkedHashMap<>();
    texts(words)
        .forEach((name, text) -> values.put(name, value(name, text, type(name, known, of))));
    return values;
  }

  /** Texts by name; what begins with @ is read from the file of that name, @- from the input. */
  static Map<String, String> texts(List<String> words) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new Exit.Failure(
            Exit.USAGE, "Expected FIELD=VALUE, but there is a word without a name and '='");
      }
      String name = word.substring(0, equals);
      String text = word.substring(equals + 1);
      String read = text.startsWith("@") ? file(name, text.substring(1)) : text;
      if (texts.put(name, read) != null) {
        throw new Exit.Failure(Exit.USAGE, name + " is given twice");
      }
    }
    return texts;
  }

  private static String type(String name, JsonNode known, String of) {
    for (JsonNode field : known) {
      if (field.path("name").asText().equals(name)) {
        return field.path("type").asText();
      }
    }
    throw new Exit.Failure(
        Exit.USAGE, "%s has no field %s; it has: %s".formatted(of, name, Words.names(known)));
  }

  private static Object value(String name, String text, String type) {
    return switch (type.replaceAll("<.*", "")) {
      case "integer", "bool", "json", "list", "set", "map" -> json(name, text, type);
      // A number of seconds; other durations are text.
      case "duration" -> text.matches("\\d+(\\.\\d+)?") ? json(name, text, type) : text;
      default -> text;
    };
  }

  /* What came is not said: it may be a secret, or a part of one. */
  private static JsonNode json(String name, String text, String type) {
    try {
      return Api.parse(text, name);
    } catch (Exit.Failure e) {
      String expected =
          switch (type) {
            case "integer" -> "a whole number is expected, such as 3";
            case "bool" -> "true or false is expected";
            default -> type + " is expected, written as JSON";
          };
      throw new Exit.Failure(Exit.USAGE, name + ": " + expected);
    }
  }

  private static String file(String name, String file) {
    try {
      String text =
          file.equals("-")
              ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(Path.of(file));
      return text.stripTrailing();
    } catch (IOException e) {
      throw new Exit.Failure(
          Exit.USAGE,
          name + ": cannot read " + (file.equals("-") ? "the input" : "the file " + file));
    }
  }
}
