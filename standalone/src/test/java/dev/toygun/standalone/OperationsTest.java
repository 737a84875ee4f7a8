package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is woken at night finds what to do. */
class OperationsTest {
  private static final Pattern ALARM_OF_THE_SYSTEM =
      Pattern.compile("(?m)^\\| `([a-z_]+[A-Z:]*)` \\| (?:critical|error|warning) \\|");

  @Test
  void everyAlarmOfTheSystemHasARunbook() throws Exception {
    List<String> alarms = Pages.found(ALARM_OF_THE_SYSTEM, Pages.text("docs/alarm.md"));
    assertThat(alarms).contains("clock", "no_worker:QUEUE:TYPE:VERSION", "nobody_told");
    Set<String> places = Pages.places("docs/operations.md");
    for (String alarm : alarms) {
      assertThat(places)
          .as(alarm)
          .contains(alarm.toLowerCase(java.util.Locale.ROOT).replace(":", ""));
    }
    assertThat(places).contains("panic", "timeout", "stuck");
  }

  @Test
  void everyPlaceThatIsLinkedToIsThere() throws Exception {
    List<Pages.Link> links = Pages.links();
    assertThat(links).hasSizeGreaterThan(20);
    for (Pages.Link link : links) {
      assertThat(link.leadsSomewhere()).as("%s", link).isTrue();
    }
  }
}
