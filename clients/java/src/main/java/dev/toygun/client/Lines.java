package dev.toygun.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read line by line while it comes, by one thread; another may close it. No more of
 * it is taken than somebody reads.
 */
final class Lines implements BodySubscriber<Lines>, AutoCloseable {
  private static final int MOST_LINE = 16 << 20;
  private static final List<ByteBuffer> END = List.of();

  private final BlockingQueue<List<ByteBuffer>> come = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> taken = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile String ended = "the API has ended the stream of events";
  private volatile boolean closed;

  /**
   * The next line, without its end.
   *
   * @throws IOException where there is none any more, or nothing came for so long
   */
  String next(Duration silence) throws IOException, InterruptedException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < MOST_LINE) {
      ByteBuffer piece = piece(silence);
      byte one = piece.get();
      if (one == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(one);
    }
    throw new IOException("a line of more than " + MOST_LINE + " bytes");
  }

  private ByteBuffer piece(Duration silence) throws IOException, InterruptedException {
    while (true) {
      ByteBuffer piece = taken.peek();
      if (piece != null && piece.hasRemaining()) {
        return piece;
      }
      if (piece != null) {
        taken.remove();
        continue;
      }
      List<ByteBuffer> pieces = come.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
      if (pieces == null) {
        throw new IOException("the API has said nothing for " + silence.toSeconds() + " s");
      }
      if (pieces.isEmpty()) {
        come.add(END);
        throw new IOException(ended);
      }
      taken.addAll(pieces);
      Flow.Subscription more = subscription;
      if (more != null) {
        more.request(1);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription more = subscription;
    if (more != null) {
      more.cancel();
    }
    come.add(END);
  }

  @Override
  public CompletionStage<Lines> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (closed) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    if (!pieces.isEmpty()) {
      come.add(pieces);
    } else if (subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable why) {
    ended = "the stream of events broke: " + why.getMessage();
    come.add(END);
  }

  @Override
  public void onComplete() {
    come.add(END);
  }
}
