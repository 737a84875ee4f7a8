package dev.toygun.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Bodies of answers, as they come in pieces. */
class BodiesTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Asked asked = new Asked();

  /** Notes how much somebody wants. */
  private static final class Asked implements Flow.Subscription {
    private long wanted;
    private boolean cancelled;

    @Override
    public void request(long n) {
      wanted += n;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private static List<ByteBuffer> pieces(String... texts) {
    return Arrays.stream(texts)
        .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  @Test
  void aBodyIsWhole() {
    Whole whole = new Whole(10);
    whole.onSubscribe(asked);
    whole.onNext(pieces("12345", "678"));
    whole.onNext(pieces("90"));
    whole.onComplete();
    assertThat(whole.getBody().toCompletableFuture().join())
        .isEqualTo("1234567890".getBytes(StandardCharsets.UTF_8));
    assertThat(asked.cancelled).isFalse();
  }

  @Test
  void aBodyThatIsTooLongForMemoryIsGivenUp() {
    Whole whole = new Whole(10);
    whole.onSubscribe(asked);
    whole.onNext(pieces("12345", "678"));
    whole.onNext(pieces("901"));
    assertThat(asked.cancelled).isTrue();
    assertThatThrownBy(() -> whole.getBody().toCompletableFuture().join())
        .hasMessageContaining("an answer of more than 10 bytes");
  }

  @Test
  void linesAreCutWhereTheyEndAndNotWhereAPieceDoes() throws Exception {
    Lines lines = new Lines();
    lines.onSubscribe(asked);
    lines.onNext(pieces("id: e.1.1\r", "\nda", "ta: \u00e9\n\n"));
    assertThat(lines.next(AT_ONCE)).isEqualTo("id: e.1.1");
    assertThat(lines.next(AT_ONCE)).isEqualTo("data: \u00e9");
    assertThat(lines.next(AT_ONCE)).isEmpty();
    assertThatThrownBy(() -> lines.next(AT_ONCE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("said nothing");
    lines.onNext(pieces("half a line"));
    lines.onComplete();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> lines.next(AT_ONCE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has ended");
    }
  }

  @Test
  void noMoreIsTakenThanSomebodyReads() throws Exception {
    Lines lines = new Lines();
    lines.onSubscribe(asked);
    assertThat(asked.wanted).isEqualTo(1);
    lines.onNext(pieces("a\n", "b\n"));
    assertThat(asked.wanted).isEqualTo(1);
    assertThat(lines.next(AT_ONCE)).isEqualTo("a");
    assertThat(asked.wanted).isEqualTo(2);
    assertThat(lines.next(AT_ONCE)).isEqualTo("b");
    assertThat(asked.wanted).isEqualTo(2);
    lines.close();
    assertThat(asked.cancelled).isTrue();
  }

  @Test
  void whatIsClosedBeforeItBeginsNeverDoes() {
    Lines lines = new Lines();
    lines.close();
    lines.onSubscribe(asked);
    assertThat(asked.cancelled).isTrue();
    assertThat(asked.wanted).isZero();
  }
}
