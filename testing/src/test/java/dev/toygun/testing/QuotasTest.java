package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.toygun.InvalidTypes;
import dev.toygun.ResourceType;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Usage;
import dev.toygun.store.Usage.Spent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody is told whose tree uses the workers up. */
class QuotasTest {
  enum Only {
    IDLE
  }

  private static ResourceType<Only> site() {
    return ResourceType.of("site", state(Only.IDLE).decide(t -> t.stay()).rests());
  }

  private static ResourceType<Only> customer() {
    return ResourceType.of(
            "customer",
            state(Only.IDLE).decide(t -> t.stay().create("site", "one", Values.NONE)).rests())
        .children("site");
  }

  private final ResourceType<Only> quick = customer().quota(ofSeconds(30), ofMinutes(10));
  private final Simulation customer = Simulation.of(quick, site());

  private void uses(double seconds) {
    Simulated site = customer.child("site", "one");
    Usage used = new Usage("site", "", site.uuid(), new Spent(1, seconds, 0, 0));
    customer.store().charge(List.of(used));
  }

  private List<String> alarms() {
    return customer.store().usages().quotas().alarms().active().stream().toList();
  }

  @Test
  void whatIsBelowItCountsAndItIsToldUntilThatIsLongAgo() {
    customer.advance(ofSeconds(10));
    uses(29);
    customer.advance(ofMinutes(1));
    assertThat(alarms()).isEmpty();
    uses(2);
    customer.advance(ofMinutes(1));
    assertThat(alarms()).containsExactly("heavy:customer:" + customer.uuid());
    assertThat(customer.store().usages().quotas().alarms().all())
        .singleElement()
        .satisfies(
            alarm ->
                assertThat(alarm.message())
                    .isEqualTo(
                        "customer 'customer' and what is below it have used 31.0 s of the workers within 10 min,"
                            + " and its quota is 30.0 s: see `toygun top --under "
                            + customer.uuid()
                            + "`"));
    customer.advance(ofMinutes(10));
    assertThat(alarms()).isEmpty();
  }

  @Test
  void whatUsesMostGoesAfterOthersAsLongAsThatIsSo() {
    customer.advance(ofSeconds(10));
    uses(40);
    customer.advance(ofMinutes(1));
    assertThat(priorities()).containsOnly(entry("customer", 5), entry("site", 9));
    customer.advance(ofMinutes(10));
    assertThat(priorities()).containsOnly(entry("customer", 5), entry("site", 5));
  }

  private Map<String, Integer> priorities() {
    return customer.store().resources().stream()
        .collect(Collectors.toMap(ResourceRow::type, row -> row.machine().list().priority()));
  }

  @Test
  void aBuildWithoutItsQuotaEndsTheAlarm() {
    customer.advance(ofSeconds(10));
    uses(40);
    customer.advance(ofMinutes(1));
    assertThat(alarms()).hasSize(1);
    customer.deploy(customer(), site());
    customer.advance(ofMinutes(1));
    assertThat(alarms()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,PT10M",
    "PT-1S,PT10M",
    "PT0.0005S,PT10M",
    "PT1S,PT4M",
    "PT1S,PT330S",
    "PT1S,PT121M"
  })
  void aQuotaThatNobodyCanCountIsRefused(Duration used, Duration per) {
    assertThatThrownBy(() -> TypeSet.of(List.of(site().quota(used, per))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining(
            "site: quota(%s, %s): whole milliseconds, more than 0, within whole minutes from 5 min to 2 h"
                .formatted(used, per));
  }
}
