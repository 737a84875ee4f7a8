package dev.toygun.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** All of a body, if it is not too long for memory. */
final class Whole implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private final int most;
  private Flow.@Nullable Subscription subscription;
  private long size;

  Whole(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    bytes.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      size += piece.remaining();
    }
    if (size <= most) {
      bytes.onNext(pieces);
    } else if (subscription != null) {
      subscription.cancel();
      onError(new Connection.TooLong(most));
    }
  }

  @Override
  public void onError(Throwable why) {
    bytes.onError(why);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }
}
