package dev.toygun.alert;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An incoming webhook of Slack: its address is its secret. */
final class Slack implements Sink {
  private final Post post;
  private final String url;
  private final @Nullable String ca;
  private final boolean buttons;

  Slack(Post post, JsonObject settings) {
    this.post = post;
    this.url = settings.getString("url");
    this.ca = settings.getString("ca");
    this.buttons = settings.getBoolean("buttons");
  }

  @Override
  public Future<Void> send(Message message) {
    String sign = message.resolves() ? ":large_green_circle:" : ":red_circle:";
    String text =
        BlockKit.cut(
            "%s *%s*\n%s"
                .formatted(
                    sign, BlockKit.escaped(message.title()), BlockKit.escaped(message.text())));
    JsonObject sent = new JsonObject().put("text", text).put("unfurl_links", false);
    if (buttons && !message.resolves() && message.body().containsKey("alarm")) {
      sent.put(
          "blocks",
          new JsonArray()
              .add(BlockKit.section(text))
              .add(BlockKit.toAnAlarm(message.delivery(), message.body())));
    }
    return post.send(url, ca, sent.toBuffer(), Map.of());
  }
}
