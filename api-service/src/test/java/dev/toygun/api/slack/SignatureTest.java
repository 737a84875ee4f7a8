package dev.toygun.api.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.VirtualTime;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** By the example of Slack's own documentation. */
class SignatureTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String AT = "1531420618";
  private static final String SIGNED =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
  private static final Buffer BODY =
      Buffer.buffer(
          "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
              + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
              + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2F"
              + "commands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
              + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");

  private static Signature after(Duration later) {
    Instant now = Instant.ofEpochSecond(Long.parseLong(AT)).plus(later);
    return new Signature(SECRET, new VirtualTime(1, now));
  }

  @Test
  void whatSlackDocumentsIsOfSlack() {
    assertThat(after(Duration.ZERO).isOf(AT, SIGNED, BODY)).isTrue();
  }

  @Test
  void fiveMinutesEitherWayAreAsLongAsItCounts() {
    for (int off : new int[] {-300, 300}) {
      assertThat(after(Duration.ofSeconds(off)).isOf(AT, SIGNED, BODY)).isTrue();
    }
    for (int off : new int[] {-301, 301, 86_400}) {
      assertThat(after(Duration.ofSeconds(off)).isOf(AT, SIGNED, BODY)).isFalse();
    }
  }

  @Test
  void whateverIsChangedOrMissingIsOfNobody() {
    Signature now = after(Duration.ZERO);
    assertThat(now.isOf(AT, SIGNED, BODY.copy().appendString("&x=1"))).isFalse();
    assertThat(now.isOf("1531420619", SIGNED, BODY)).isFalse();
    assertThat(now.isOf(AT, SIGNED.replace("v0=", "v1="), BODY)).isFalse();
    assertThat(now.isOf(AT, SIGNED.substring(0, 20), BODY)).isFalse();
    assertThat(now.isOf(AT, "", BODY)).isFalse();
    assertThat(now.isOf(AT, null, BODY)).isFalse();
    assertThat(now.isOf(null, SIGNED, BODY)).isFalse();
    for (String odd : new String[] {"", "now", "-1", "99999999999999999999", "1531420618 "}) {
      assertThat(now.isOf(odd, SIGNED, BODY)).isFalse();
    }
    assertThat(
            new Signature("another secret", new VirtualTime(1, Instant.ofEpochSecond(1531420618)))
                .isOf(AT, SIGNED, BODY))
        .isFalse();
  }
}
