package dev.toygun.alert;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An incoming webhook of Slack: its address is its secret. */
final class Slack implements Sink {
  private static final int LONGEST = 3000;

  private final Post post;
  private final String url;
  private final @Nullable String ca;

  Slack(Post post, JsonObject settings) {
    this.post = post;
    this.url = settings.getString("url");
    this.ca = settings.getString("ca");
  }

  @Override
  public Future<Void> send(Message message) {
    String sign = message.resolves() ? ":large_green_circle:" : ":red_circle:";
    String text = "%s *%s*\n%s".formatted(sign, escaped(message.title()), escaped(message.text()));
    return post.send(
        url,
        ca,
        new JsonObject()
            .put("text", Texts.cut(text, LONGEST))
            .put("unfurl_links", false)
            .toBuffer(),
        Map.of());
  }

  /* Else a label such as <!channel> would wake everybody. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
