package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** JSON as YAML. Any JSON text is a YAML scalar, so only plain words go without quotes. */
final class Yaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");
  private static final Pattern WORD_WITH_A_MEANING =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

  private Yaml() {}

  static String text(JsonNode node) {
    StringBuilder text = new StringBuilder();
    write(node, 0, text);
    return text.toString();
  }

  private static void write(JsonNode node, int depth, StringBuilder text) {
    String indent = "  ".repeat(depth);
    if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                text.append(indent).append(scalar(field.getKey())).append(':');
                value(field.getValue(), depth, text);
              });
    } else if (node.isArray()) {
      node.forEach(
          item -> {
            text.append(indent).append('-');
            value(item, depth, text);
          });
    } else {
      text.append(indent).append(leaf(node)).append('\n');
    }
  }

  private static void value(JsonNode value, int depth, StringBuilder text) {
    if (value.isContainerNode() && !value.isEmpty()) {
      text.append('\n');
      write(value, depth + 1, text);
    } else {
      text.append(' ').append(leaf(value)).append('\n');
    }
  }

  private static String leaf(JsonNode node) {
    return node.isTextual() ? scalar(node.asText()) : node.toString();
  }

  private static String scalar(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !WORD_WITH_A_MEANING.matcher(text).matches();
    return plain ? text : com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }
}
