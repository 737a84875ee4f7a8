package dev.toygun.testing.servers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Speaks to a Redis beside the client that is tested: one command, one answer. */
final class RedisWire {
  private static final int TIMEOUT_MS = 10_000;

  private RedisWire() {}

  static List<String> command(int port, String... parts) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      StringBuilder text = new StringBuilder("*" + parts.length + "\r\n");
      for (String part : parts) {
        int bytes = part.getBytes(StandardCharsets.UTF_8).length;
        text.append('$').append(bytes).append("\r\n").append(part).append("\r\n");
      }
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      List<String> answer = new ArrayList<>();
      read(new BufferedInputStream(socket.getInputStream()), answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("Redis on port " + port + " and " + parts[0], e);
    }
  }

  private static void read(InputStream in, List<String> answer) throws IOException {
    String line = line(in);
    String rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', ':' -> answer.add(rest);
      case '-' -> throw new IllegalStateException("Redis answered: " + rest);
      case '$' -> {
        int length = Integer.parseInt(rest);
        if (length >= 0) {
          answer.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
          line(in);
        }
      }
      case '*' -> {
        for (int i = Integer.parseInt(rest); i > 0; i--) {
          read(in, answer);
        }
      }
      default -> throw new IllegalStateException("not the language of Redis: " + line);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.append((char) c);
    }
    in.read();
    return line.toString();
  }
}
