package dev.toygun.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes to a server on this machine and back, and may hold back what the server says. */
final class Relay implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CopyOnWriteArrayList<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Socket> lost = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final int target;
  private boolean held;

  Relay(int target) throws IOException {
    this.target = target;
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From here on nothing of what the server says arrives. */
  synchronized void hold() {
    held = true;
  }

  /** What it said meanwhile arrives now. */
  synchronized void release() {
    held = false;
    notifyAll();
  }

  /**
   * Whoever is connected is taken off the line and told nothing; who connects from here on is not.
   */
  void lose() {
    lost.addAll(sockets);
  }

  /** How many have connected. */
  int connections() {
    return accepted.get();
  }

  /** How many of the lost still think that they are connected. */
  long waiting() {
    return lost.stream().filter(socket -> !socket.isClosed()).count();
  }

  private synchronized void pass() throws InterruptedException {
    while (held) {
      wait();
    }
  }

  private void accept() throws Exception {
    while (true) {
      Socket client = listening.accept();
      accepted.incrementAndGet();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(client);
      sockets.add(server);
      start(() -> copy(client, server, false));
      start(() -> copy(server, client, true));
    }
  }

  private void copy(Socket from, Socket to, boolean holds) throws Exception {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (holds) {
          pass();
        }
        if (!lost.contains(from)) {
          out.write(bytes, 0, read);
        }
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // Whoever closed it is done.
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    release();
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
