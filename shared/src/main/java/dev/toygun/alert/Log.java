package dev.toygun.alert;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line in the log of whoever delivers it, for where logs are what people look at. */
final class Log implements Sink {
  private static final Logger LOG = LoggerFactory.getLogger("dev.toygun.alarm");

  Log() {}

  @Override
  public Future<Void> send(Message message) {
    String title = Texts.line(message.title(), 250);
    if (message.resolves()) {
      LOG.info("{} [{}]", title, message.dedupKey());
    } else {
      LOG.error("{} [{}] {}", title, message.dedupKey(), Texts.line(message.text(), 2000));
    }
    return Future.succeededFuture();
  }
}
