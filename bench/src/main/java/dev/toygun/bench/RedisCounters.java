package dev.toygun.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Redis says of itself, asked in its language for people, over a connection of its own. */
public final class RedisCounters {
  private static final int TIMEOUT_MS = 10_000;
  private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=([0-9]+)");

  private static final Pattern COUNT = Pattern.compile("(?m)^\\*([0-9]+)");

  /** What we ourselves say to it. */
  private static final Set<String> OURS =
      Set.of("auth", "info", "quit", "flushall", "keys", "ping");

  /** What only the scripts say, each of which is one call for all that it says. */
  private static final Set<String> INSIDE =
      Set.of("time", "exists", "hmget", "hset", "hdel", "lindex", "lpop", "ltrim", "rpush");

  private final int port;
  private final String password;

  RedisCounters(URI url) {
    this.port = url.getPort();
    this.password = url.getUserInfo().substring(url.getUserInfo().indexOf(':') + 1);
  }

  /** Whether it was a call, from outside, rather than one of a script's own. */
  static boolean isCall(String command) {
    return !INSIDE.contains(command);
  }

  /** How often each command was called since Redis began; those that scripts call included. */
  Map<String, Long> calls() throws IOException {
    Map<String, Long> calls = new TreeMap<>();
    Matcher matcher = CALLS.matcher(say("INFO commandstats"));
    while (matcher.find()) {
      if (!OURS.contains(matcher.group(1))) {
        calls.put(matcher.group(1), Long.valueOf(matcher.group(2)));
      }
    }
    return calls;
  }

  /** How many keys match a pattern; looks at all of them. */
  public long keys(String pattern) throws IOException {
    Matcher matcher = COUNT.matcher(say("KEYS " + pattern));
    if (!matcher.find()) {
      throw new IOException("Redis does not say which keys match " + pattern);
    }
    return Long.parseLong(matcher.group(1));
  }

  /** Forgets everything. */
  void flush() throws IOException {
    say("FLUSHALL");
  }

  private String say(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      String all = "AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n";
      socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
