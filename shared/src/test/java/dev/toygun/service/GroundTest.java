package dev.toygun.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroundTest {
  /** Those of containers say that one may be kept for ten minutes, and hand it out anew sooner. */
  @Test
  void anAddressIsAskedForAgainSecondsLaterWhateverItsNameServerAllows() {
    assertThat(Ground.vertxOptions().getAddressResolverOptions().getCacheMaxTimeToLive())
        .isBetween(1, 10);
  }
}
