package dev.toygun.standalone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus asks for: as much of the language as alerts and dashboards use.
 *
 * @param selectors its figures
 * @param by the labels that are left of them, if any are said
 */
record Query(String text, List<Selector> selectors, Set<String> by) {
  private static final Pattern FIGURE =
      Pattern.compile("\\b((?:toygun|jvm|process)_\\w+|up)\\b(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*=~?\\s*\"([^\"]*)\"");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
  private static final Set<String> FUNCTIONS =
      Set.of("sum", "max", "avg", "count", "topk", "rate", "increase", "delta", "resets", "absent");

  /** A figure, and the values that its labels are to have: those of {@code a|b} one by one. */
  record Selector(String figure, Map<String, List<String>> labels) {}

  static Query of(String text) {
    List<Selector> selectors = new ArrayList<>();
    Set<String> by = new HashSet<>();
    Matcher figures = FIGURE.matcher(text);
    while (figures.find()) {
      Map<String, List<String>> labels = new HashMap<>();
      Matcher matchers = MATCHER.matcher(figures.group(2) == null ? "" : figures.group(2));
      while (matchers.find()) {
        labels.put(matchers.group(1), List.of(matchers.group(2).split("\\|", -1)));
      }
      selectors.add(new Selector(figures.group(1), labels));
    }
    Matcher groups = BY.matcher(text);
    while (groups.find()) {
      by.addAll(List.of(groups.group(1).split(",\\s*", -1)));
    }
    return new Query(text, selectors, by);
  }

  /** Words that are neither a figure, a label, a time nor a function that is known here. */
  List<String> unknown() {
    String rest = text;
    for (String known : List.of(FIGURE.pattern(), BY.pattern(), "\\[[^\\]]*]")) {
      rest = rest.replaceAll(known, " ");
    }
    return WORD.matcher(rest)
        .results()
        .map(word -> word.group())
        .filter(word -> !FUNCTIONS.contains(word))
        .toList();
  }
}
