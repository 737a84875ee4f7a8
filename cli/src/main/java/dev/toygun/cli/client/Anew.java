package dev.toygun.cli.client;

import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Shows something again each time that it is different, until somebody breaks it off. */
final class Anew {
  /** Takes what was shown before off a screen. */
  private static final String CLEAR = "\033[H\033[2J";

  private Anew() {}

  /**
   * Reads and shows it, and goes on so. An API that has answered once and is away is waited for.
   *
   * @param every how long to wait before it is read again
   * @param isScreen whether what was shown before is taken off
   */
  static <T> void show(
      Duration every, boolean isScreen, PrintWriter out, Supplier<T> read, Consumer<T> show) {
    T last = read.get();
    show.accept(last);
    for (int unanswered = 0; Pause.of(every); ) {
      T next;
      try {
        next = read.get();
        unanswered = 0;
      } catch (Exit.Failure | Api.Problem e) {
        if (!Looks.isAway(e) || ++unanswered == Looks.UNANSWERED) {
          throw e;
        }
        continue;
      }
      if (!next.equals(last)) {
        out.print(isScreen ? CLEAR : "");
        show.accept(next);
        last = next;
      }
    }
  }
}
