package dev.toygun.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Missed;
import dev.toygun.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At which times a schedule starts its task. */
class OccurrencesTest {
  private static final Instant MADE = Instant.parse("2026-01-01T10:07:03.000123Z");
  private static final UUID RESOURCE = UUID.fromString("018cc251-f400-7000-8000-000000000bb8");

  private static Occurrences cron(String cron, String zone) {
    return of(new Schedule(null, cron, zone, Missed.ONCE, Duration.ZERO));
  }

  private static Occurrences every(Duration every, Duration jitter) {
    return of(new Schedule(every, null, null, Missed.ONCE, jitter));
  }

  private static Occurrences of(Schedule schedule) {
    return new Timetable(schedule).of(RESOURCE, MADE);
  }

  /** The next ones after a point in time. */
  private static List<String> next(Occurrences times, String after, int many) {
    List<String> found = new ArrayList<>();
    Instant at = Instant.parse(after);
    for (int i = 0; i < many; i++) {
      at = times.after(at).orElseThrow();
      found.add(at.toString());
    }
    return found;
  }

  @Test
  void aPeriodIsCountedFromWhenItsResourceWasMade() {
    Occurrences times = every(Duration.ofHours(6), Duration.ZERO);
    assertThat(times.after(MADE)).contains(MADE.plus(Duration.ofHours(6)));
    assertThat(times.after(MADE.plus(Duration.ofHours(6))))
        .contains(MADE.plus(Duration.ofHours(12)));
    assertThat(times.after(MADE.plus(Duration.ofHours(6)).minusNanos(1000)))
        .contains(MADE.plus(Duration.ofHours(6)));
    assertThat(times.after(MADE.minusSeconds(1_000_000))).contains(MADE.plus(Duration.ofHours(6)));
    assertThat(times.upto(MADE.plus(Duration.ofHours(6)).minusNanos(1000))).isEmpty();
    assertThat(times.upto(MADE.plus(Duration.ofHours(6)))).contains(MADE.plus(Duration.ofHours(6)));
    assertThat(times.upto(MADE.plus(Duration.ofDays(400)).minusSeconds(1)))
        .contains(MADE.plus(Duration.ofDays(400)).minus(Duration.ofHours(6)));
  }

  @Test
  void jitterIsAlwaysTheSameForAResourceAndSpreadsAFleet() {
    Schedule nightly = new Schedule(null, "0 3 * * *", "UTC", Missed.ONCE, Duration.ofMinutes(60));
    Instant three = Instant.parse("2026-01-02T03:00:00Z");
    Timetable table = new Timetable(nightly);
    assertThat(table.of(RESOURCE, MADE).after(MADE)).contains(three.plusSeconds(3));
    assertThat(table.of(RESOURCE, MADE).upto(three.plusSeconds(3))).contains(three.plusSeconds(3));
    assertThat(table.of(RESOURCE, MADE).upto(three.plusSeconds(2)))
        .contains(three.plusSeconds(3).minus(Duration.ofDays(1)));
    Random random = new Random(1);
    Integer[] minutes = new Integer[60];
    java.util.Arrays.fill(minutes, 0);
    for (int i = 0; i < 6000; i++) {
      Instant at =
          table.of(new UUID(random.nextLong(), random.nextLong()), MADE).after(MADE).orElseThrow();
      minutes[(int) Duration.between(three, at).toMinutes()]++;
    }
    assertThat(minutes).allMatch(count -> count > 50 && count < 150);
    assertThat(every(Duration.ofHours(1), Duration.ofMinutes(1)).after(MADE))
        .contains(MADE.plus(Duration.ofHours(1)).plusSeconds(3));
  }

  @Test
  void anHourThatDoesNotExistIsTheMomentAfterTheGapOnce() {
    assertThat(next(cron("30 2 * * *", "Europe/Berlin"), "2026-03-27T12:00:00Z", 4))
        .containsExactly(
            "2026-03-28T01:30:00Z",
            "2026-03-29T01:00:00Z",
            "2026-03-30T00:30:00Z",
            "2026-03-31T00:30:00Z");
    assertThat(next(cron("*/20 2,3 * * *", "Europe/Berlin"), "2026-03-29T00:00:00Z", 4))
        .as("02:00, 02:20, 02:40 and 03:00 are one")
        .containsExactly(
            "2026-03-29T01:00:00Z",
            "2026-03-29T01:20:00Z",
            "2026-03-29T01:40:00Z",
            "2026-03-30T00:00:00Z");
  }

  @Test
  void anHourThatComesTwiceIsRunOnce() {
    Occurrences times = cron("30 2 * * *", "Europe/Berlin");
    assertThat(next(times, "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(times.upto(Instant.parse("2026-10-25T01:10:00Z")))
        .as("02:10, for the second time")
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
    assertThat(times.upto(Instant.parse("2026-10-25T01:00:00Z")))
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
    assertThat(times.upto(Instant.parse("2026-10-25T00:29:00Z")))
        .contains(Instant.parse("2026-10-24T00:30:00Z"));
  }

  @Test
  void aZoneThatSkippedADayStartsAsTheNextOneBegins() {
    assertThat(next(cron("0 12 * * *", "Pacific/Apia"), "2011-12-29T12:00:00Z", 3))
        .containsExactly("2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu"})
  void whatComesAfterAPointIsWhatWasLastAtIt(String zone) {
    Random random = new Random(zone.hashCode());
    List<String> crons =
        List.of("*/10 * * * *", "30 2 * * *", "15 1,2,3 * * 0", "0 0 1 * *", "5 2 29 2 *");
    for (int i = 0; i < 400; i++) {
      Occurrences times = cron(crons.get(i % crons.size()), zone);
      Instant point = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(200_000_000));
      Instant next = times.after(point).orElseThrow();
      Instant last = times.upto(point).orElseThrow();
      assertThat(next).isAfter(point);
      assertThat(last).isBeforeOrEqualTo(point);
      assertThat(times.upto(next)).contains(next);
      assertThat(times.upto(next.minusSeconds(1))).as("%s %s", zone, point).contains(last);
      assertThat(times.after(last)).contains(next);
      assertThat(next.atZone(ZoneId.of(zone)).getSecond()).isZero();
    }
  }

  @Test
  void daysOfTheMonthAndOfTheWeekAreEitherAsUnixHasIt() {
    assertThat(next(cron("0 0 13 * 5", "UTC"), "2026-03-01T00:00:00Z", 3))
        .containsExactly("2026-03-06T00:00:00Z", "2026-03-13T00:00:00Z", "2026-03-20T00:00:00Z");
    assertThat(next(cron("0 0 * * 7", "UTC"), "2026-03-01T00:00:00Z", 1))
        .isEqualTo(next(cron("0 0 * * 0", "UTC"), "2026-03-01T00:00:00Z", 1));
  }

  @Test
  void aScheduleWithoutTimesIsNone() {
    assertThatThrownBy(() -> cron("0 3 * *", "UTC")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cron("0 3 * * *", "Mars/Olympus"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Mars/Olympus");
  }
}
