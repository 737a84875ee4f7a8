package dev.toygun.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * What a page loads besides. It is the same for everybody, so nobody is asked who they are.
 *
 * @param path where it is
 * @param type its media type
 */
record PageFile(String path, String type) {
  /** Has it served, as the program brings it along. */
  void mount(Router router) {
    Buffer content = content();
    router
        .get(path)
        .handler(
            ctx ->
                ctx.response()
                    .putHeader("Content-Type", type)
                    .putHeader("Cache-Control", "max-age=300")
                    .end(content));
  }

  private Buffer content() {
    try (InputStream in = PageFile.class.getResourceAsStream("pages" + path)) {
      return Buffer.buffer(
          Objects.requireNonNull(in, path + " is missing from the program").readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
