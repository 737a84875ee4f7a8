package dev.toygun.worker;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether commits are answered. While they are not, code that is ticked acts on the world and is
 * ticked again, since nobody knows what became of it; so no more is begun than shows whether they
 * are answered again. It lapses where none is sent: most of what a worker looks at changes nothing.
 * Used by one event loop.
 */
final class Silence {
  /** So often a ticket is taken, to see. */
  static final Duration OFTEN = Duration.ofSeconds(1);

  /** So long one that was not answered counts: longer than an answer is waited for. */
  static final Duration LASTS = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Silence.class);
  private final BiConsumer<Duration, Runnable> after;
  private final Runnable again;
  private boolean silent;

  /** How many were not answered. */
  private long unanswered;

  private boolean waits;

  /**
   * Nothing was sent yet.
   *
   * @param after runs something after a time
   * @param again is run when another ticket may be taken
   */
  Silence(BiConsumer<Duration, Runnable> after, Runnable again) {
    this.after = after;
    this.again = again;
  }

  /** A commit was answered. */
  void ends() {
    if (silent) {
      LOG.info("commits are answered again");
      silent = false;
    }
  }

  /** One was not. */
  void begins() {
    if (!silent) {
      LOG.warn("a commit was not answered: until one is, a ticket is taken every {}", OFTEN);
      silent = true;
      hush();
    }
    long last = ++unanswered;
    after.accept(
        LASTS,
        () -> {
          if (silent && unanswered == last) {
            LOG.info("no other commit was left unanswered");
            silent = false;
            again.run();
          }
        });
  }

  /** Whether no commit is answered. */
  boolean isSilent() {
    return silent;
  }

  /** Whether nothing at all is to be taken just now. */
  boolean isHushed() {
    return silent && waits;
  }

  /** A ticket was taken. */
  void took() {
    if (silent) {
      hush();
    }
  }

  private void hush() {
    if (!waits) {
      waits = true;
      after.accept(
          OFTEN,
          () -> {
            waits = false;
            again.run();
          });
    }
  }
}
