package dev.toygun.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this source tree that people read, and those that other programs do. */
final class Pages {
  static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("toygun.root"), "run by Maven"));

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)#([^)]+)\\)");

  private Pages() {}

  static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  /** All of a text that a pattern's first group finds. */
  static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(hit -> hit.group(1)).toList();
  }

  /** The places in a page that a link may name, as GitHub makes them of its headings. */
  static Set<String> places(String page) throws IOException {
    Set<String> places = new HashSet<>();
    for (String heading : found(HEADING, text(page))) {
      String name = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "");
      places.add(name.replace(' ', '-'));
    }
    return places;
  }

  /** A link to a place in a page: {@code docs/alarm.md#states}. */
  record Link(String from, String page, String place) {
    private static Link of(String from, MatchResult found) {
      Path folder = Path.of(from).resolveSibling(found.group(1));
      String page = found.group(1).isEmpty() ? from : folder.normalize().toString();
      return new Link(from, page, found.group(2));
    }

    boolean leadsSomewhere() throws IOException {
      return places(page).contains(place);
    }
  }

  /** All such links in all pages. */
  static List<Link> links() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              docs.filter(page -> page.toString().endsWith(".md"))
                  .map(page -> ROOT.relativize(page).toString()),
              Stream.of("README.md", "CHANGELOG.md", "deploy/README.md", "bench/README.md"))
          .flatMap(Pages::linksIn)
          .toList();
    }
  }

  private static Stream<Link> linksIn(String page) {
    try {
      return LINK.matcher(text(page)).results().map(found -> Link.of(page, found));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
