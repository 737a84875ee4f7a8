package dev.toygun.store;

import static dev.toygun.Availability.KNOWN_OFFLINE;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.Availability.ONLINE;
import static dev.toygun.Availability.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Uptime.Change;
import dev.toygun.store.Uptime.Period;
import dev.toygun.store.Uptime.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a resource was in each availability. */
class UptimeTest {
  private static Instant at(long minute) {
    return Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
  }

  private static Span span(long from, long to) {
    return new Span(at(from), at(to));
  }

  private static final List<Change> WENT =
      List.of(new Change(at(10), ONLINE), new Change(at(40), OFFLINE), new Change(at(50), ONLINE));

  @Test
  void beforeTheFirstLookNothingIsKnown() {
    Uptime uptime = Uptime.of(WENT, List.of(), List.of(), span(0, 60));
    assertThat(uptime.periods())
        .containsExactly(
            new Period(UNKNOWN, at(0), at(10)),
            new Period(ONLINE, at(10), at(40)),
            new Period(OFFLINE, at(40), at(50)),
            new Period(ONLINE, at(50), at(60)));
    assertThat(uptime.total()).containsEntry(ONLINE, Duration.ofMinutes(40));
    assertThat(uptime.share()).hasValue(0.8);
  }

  @Test
  void whatWasSoBeforeTheTimeThatIsAskedForIsSoInIt() {
    Uptime uptime = Uptime.of(WENT, List.of(), List.of(), span(30, 45));
    assertThat(uptime.periods())
        .containsExactly(new Period(ONLINE, at(30), at(40)), new Period(OFFLINE, at(40), at(45)));
    assertThat(Uptime.of(WENT, List.of(), List.of(), span(55, 60)).share()).hasValue(1.0);
  }

  @Test
  void whatWasOnHoldWasDownOnPurpose() {
    Uptime uptime =
        Uptime.of(WENT, List.of(), List.of(span(45, 55), span(35, 42), span(41, 43)), span(20, 60));
    assertThat(uptime.periods())
        .containsExactly(
            new Period(ONLINE, at(20), at(35)),
            new Period(KNOWN_OFFLINE, at(35), at(43)),
            new Period(OFFLINE, at(43), at(45)),
            new Period(KNOWN_OFFLINE, at(45), at(55)),
            new Period(ONLINE, at(55), at(60)));
    assertThat(uptime.share().orElseThrow()).isEqualTo(20.0 / 22);
  }

  @Test
  void whileNoWorkerLooksNothingIsKnown() {
    List<Span> nobody = List.of(span(20, 30), span(45, 48));
    Uptime uptime = Uptime.of(WENT, nobody, List.of(span(28, 42)), span(15, 60));
    assertThat(uptime.periods())
        .containsExactly(
            new Period(ONLINE, at(15), at(20)),
            new Period(UNKNOWN, at(20), at(28)),
            new Period(KNOWN_OFFLINE, at(28), at(42)),
            new Period(OFFLINE, at(42), at(45)),
            new Period(UNKNOWN, at(45), at(48)),
            new Period(OFFLINE, at(48), at(50)),
            new Period(ONLINE, at(50), at(60)));
    assertThat(uptime.share().orElseThrow()).isEqualTo(15.0 / 20);
  }

  @Test
  void ofNothingThereIsNoShare() {
    assertThat(Uptime.of(List.of(), List.of(), List.of(), span(0, 60)).share()).isEmpty();
    assertThat(Uptime.of(WENT, List.of(), List.of(), span(60, 60)).periods()).isEmpty();
    assertThat(Uptime.of(WENT, List.of(), List.of(span(0, 60)), span(0, 60)).share()).isEmpty();
  }
}
