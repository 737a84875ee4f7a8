package dev.toygun.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.service.Key;
import dev.toygun.service.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and the docs show of the code, and where they point to, is there. */
class SnippetsTest {
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("toygun.root"), "run by Maven"));
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- from (\\S+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

  @Test
  void whatIsShownIsTheSource() throws Exception {
    List<String> shown = new ArrayList<>();
    for (Path page : pages()) {
      Matcher snippets = SNIPPET.matcher(Files.readString(page));
      while (snippets.find()) {
        String source = Files.readString(ROOT.resolve(snippets.group(1)));
        assertThat(source).as(page + " shows " + snippets.group(1)).contains(snippets.group(2));
        shown.add(snippets.group(1));
      }
    }
    assertThat(shown)
        .contains(
            "examples/src/main/java/dev/toygun/examples/echo/Echo.java",
            "examples/src/test/java/dev/toygun/examples/echo/EchoTest.java",
            "cli/src/test/java/dev/toygun/cli/Hello.java");
  }

  @Test
  void everyLinkLeadsSomewhere() throws Exception {
    int links = 0;
    for (Path page : pages()) {
      Matcher found = LINK.matcher(Files.readString(page));
      while (found.find()) {
        links++;
        Path folder = Objects.requireNonNull(page.getParent());
        assertThat(folder.resolve(found.group(1))).as("linked from " + page).exists();
      }
    }
    assertThat(links).isPositive();
  }

  @Test
  void everySettingIsExplained() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/configuration.md"));
    for (Key<?> key : Keys.ALL) {
      assertThat(page).contains("| `" + key.name() + "` |");
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("clients/java/README.md")));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }
}
