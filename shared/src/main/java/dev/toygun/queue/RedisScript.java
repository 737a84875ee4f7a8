package dev.toygun.queue;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A Lua script.
 *
 * @param source whole, as Redis gets it
 * @param sha what Redis calls it once it has seen it
 */
record RedisScript(String source, String sha) {
  static RedisScript of(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
      return new RedisScript(source, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }

  Request bySha(List<String> keys, List<String> args) {
    return with(Request.cmd(Command.EVALSHA).arg(sha), keys, args);
  }

  Request bySource(List<String> keys, List<String> args) {
    return with(Request.cmd(Command.EVAL).arg(source), keys, args);
  }

  private static Request with(Request request, List<String> keys, List<String> args) {
    request.arg(keys.size());
    keys.forEach(request::arg);
    args.forEach(request::arg);
    return request;
  }
}
