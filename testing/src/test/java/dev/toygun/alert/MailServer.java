package dev.toygun.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on loopback that keeps what it takes. */
final class MailServer implements AutoCloseable {
  static final String USER = "toygun";
  static final String PASSWORD = "canary-of-the-mail";

  private final SMTPServer server;
  private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();

  /** A mail as it came. */
  record Mail(String from, String to, String text) {}

  /** With TLS it is asked for, and so is a password. */
  MailServer(@Nullable SSLContext tls) throws IOException {
    SMTPServer.Builder builder =
        new SMTPServer.Builder()
            .bindAddress(InetAddress.getLoopbackAddress())
            .port(0)
            .hostName("localhost")
            .simpleMessageListener(new Listener());
    if (tls != null) {
      builder
          .startTlsSocketFactory(tls)
          .enableTLS()
          .requireTLS()
          .requireAuth()
          .authenticationHandlerFactory(
              new EasyAuthenticationHandlerFactory(
                  (user, password, context) -> {
                    if (!USER.equals(user) || !PASSWORD.equals(password)) {
                      throw new LoginFailedException("no such user");
                    }
                  }));
    }
    server = builder.build();
    server.start();
  }

  private final class Listener implements org.subethamail.smtp.helper.SimpleMessageListener {
    @Override
    public boolean accept(String from, String to) {
      return !to.startsWith("unknown@");
    }

    @Override
    public void deliver(String from, String to, InputStream data) throws IOException {
      mails.add(new Mail(from, to, new String(data.readAllBytes(), StandardCharsets.UTF_8)));
    }
  }

  int port() {
    return server.getPortAllocated();
  }

  Mail take() throws InterruptedException {
    Mail mail = mails.poll(10, TimeUnit.SECONDS);
    if (mail == null) {
      throw new AssertionError("no mail came");
    }
    return mail;
  }

  boolean isEmpty() {
    return mails.isEmpty();
  }

  @Override
  public void close() {
    server.stop();
  }
}
