package dev.toygun.examples.website;

import static dev.toygun.examples.website.Website.ADDRESS;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Availability;
import dev.toygun.Secret;
import dev.toygun.TaskStatus;
import dev.toygun.testing.Simulation;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A website, on virtual time. */
class WebsiteTest {
  private final FakeWeb web = new FakeWeb();

  private Simulation site(String address) {
    return Simulation.of(new Website(web).type()).with(ADDRESS, URI.create(address));
  }

  @Test
  void aSiteThatAnswersIsOnlineAndLookedAtEvery30Seconds() {
    Simulation site = site("https://example.org/").advance(ofMinutes(10));
    assertThat(site.availability()).isEqualTo(Availability.ONLINE);
    assertThat(web.looks).isBetween(19, 22);
    assertThat(site.unwalked()).isEmpty();
  }

  @Test
  void twoMissesMakeASiteUncertainAndFiveMakeItOffline() {
    Simulation site = site("https://example.org/").advance(ofMinutes(1));
    web.up = false;
    until(site, 1);
    assertThat(site.availability()).isEqualTo(Availability.ONLINE);
    until(site, 2);
    assertThat(site.availability()).isEqualTo(Availability.UNCERTAIN);
    until(site, 4);
    assertThat(site.availability()).isEqualTo(Availability.UNCERTAIN);
    until(site, 5);
    assertThat(site.availability()).isEqualTo(Availability.OFFLINE);
    web.up = true;
    site.advance(ofSeconds(31));
    assertThat(site.availability()).isEqualTo(Availability.ONLINE);
  }

  @Test
  void anAddressThatNobodyCanAskPanics() {
    for (String bad : new String[] {"ftp://example.org/", "/no-host", "mailto:a@example.org"}) {
      Simulation site = site(bad).advance(ofMinutes(1));
      assertThat(site.task(Monitor.NAME)).as(bad).isEqualTo(TaskStatus.PANICKED);
    }
    assertThat(web.looks).isZero();
  }

  @Test
  void aSiteIsWatchedAndLetGoWhateverCrashes() {
    for (long seed = 0; seed < 200; seed++) {
      FakeWeb crashed = new FakeWeb();
      Simulation site =
          Simulation.crashing(new Website(crashed).type(), seed)
              .with(ADDRESS, URI.create("https://example.org/"))
              .advance(ofMinutes(3));
      assertThat(site.availability()).as("%s", site).isEqualTo(Availability.ONLINE);
      crashed.up = false;
      untilTold(site);
      assertThat(site.availability()).as("%s", site).isEqualTo(Availability.OFFLINE);
      crashed.up = true;
      site.loseQueue().calm().advance(ofMinutes(2));
      assertThat(site.availability()).as("%s", site).isEqualTo(Availability.ONLINE);
      assertThat(site.told())
          .as("%s", site)
          .containsExactly("open down critical", "resolve down critical");
      assertThat(site.runs(Monitor.NAME)).as("one monitor: %s", site).isOne();
      assertThat(site.liveness()).as("%s", site).isEmpty();

      site.delete();
      int before = site.advance(ofMinutes(2)).active() ? -1 : crashed.looks;
      assertThat(site.active()).as("%s", site).isFalse();
      site.advance(ofMinutes(2));
      assertThat(crashed.looks).as("nobody looks at it any more: %s", site).isEqualTo(before);
    }
  }

  private void until(Simulation site, int misses) {
    while (web.misses < misses) {
      site.advance(ofSeconds(1));
    }
  }

  /** Or for 10 minutes. */
  private static void untilTold(Simulation site) {
    for (int i = 0; i < 20 && site.told().isEmpty(); i++) {
      site.advance(ofSeconds(30));
    }
  }

  private static final class FakeWeb implements Web {
    private boolean up = true;
    private int looks;
    private int misses;

    @Override
    public Future<Boolean> answers(URI address, Optional<Secret> token) {
      looks++;
      misses = up ? 0 : misses + 1;
      return Future.succeededFuture(up);
    }
  }
}
