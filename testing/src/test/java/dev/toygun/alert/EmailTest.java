package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.alert.Message.Event;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail, against a server. */
class EmailTest extends SinkTrial {
  private static Certificate certificate;

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
    certificate = Certificate.make(folder);
  }

  private static JsonObject mail(MailServer server) {
    return new JsonObject()
        .put("host", "localhost")
        .put("port", server.port())
        .put("from", "toygun@example.com")
        .put("to", new JsonArray().add("ops@example.com").add("me@example.com"));
  }

  @Test
  void mailGoesEncryptedAndWithAPassword() throws Exception {
    try (MailServer server = new MailServer(certificate.context())) {
      JsonObject settings =
          mail(server)
              .put("ca", certificate.pem())
              .put("username", MailServer.USER)
              .put("password", MailServer.PASSWORD);
      sent(SinkKind.EMAIL, settings, Event.OPEN);
      MailServer.Mail mail = server.take();
      assertThat(mail.to()).isEqualTo("ops@example.com");
      assertThat(server.take().to()).isEqualTo("me@example.com");
      assertThat(mail.text())
          .contains("Subject: [toygun] critical: panic of website home")
          .contains("Message-ID: <" + DELIVERY + "@toygun>")
          .contains("References: <toygun-" + Bodies.open().getString("alarm") + "@toygun>")
          .contains("Task: monitor");

      assertThat(notSent(SinkKind.EMAIL, settings.copy().put("password", "wrong")).getMessage())
          .contains("535");
      assertThat(
              notSent(
                      SinkKind.EMAIL,
                      settings.copy().put("to", new JsonArray().add("unknown@example.com")))
                  .forGood())
          .isTrue();
      // Nobody vouches for the certificate, or it is somebody else's.
      JsonObject untrusting = settings.copy();
      untrusting.remove("ca");
      assertThat(notSent(SinkKind.EMAIL, untrusting).forGood()).isFalse();
      assertThat(notSent(SinkKind.EMAIL, settings.copy().put("host", "127.0.0.1")).forGood())
          .isFalse();
      assertThat(server.isEmpty()).isTrue();
    }
  }

  @Test
  void mailThatCannotBeEncryptedIsNotSent() throws Exception {
    try (MailServer server = new MailServer(null)) {
      assertThat(notSent(SinkKind.EMAIL, mail(server)).getMessage()).contains("mail server");
      assertThat(server.isEmpty()).isTrue();
      sent(SinkKind.EMAIL, mail(server).put("security", "none"), Event.OPEN);
      assertThat(server.take().text()).contains("no answer from");
    }
  }

  @Test
  void aMailServerThatSaysNothingIsNotWaitedForLong() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      JsonObject settings =
          new JsonObject()
              .put("host", "localhost")
              .put("port", silent.getLocalPort())
              .put("from", "toygun@example.com")
              .put("to", new JsonArray().add("ops@example.com"));
      NotDelivered failure = notSent(SinkKind.EMAIL, settings);
      assertThat(failure.getMessage()).contains("longer than");
      assertThat(failure.forGood()).isFalse();
    }
  }

  /** Whose name server answers differently a moment later, sees no connection. */
  @Test
  void mailGoesToTheAddressThatWasJudgedWhateverTheNameMeansNext() throws Exception {
    Vertx deceived =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .setHostsValue(Buffer.buffer("127.0.0.2 localhost\n"))));
    try (MailServer server = new MailServer(certificate.context());
        ServerSocket inside =
            new ServerSocket(server.port(), 1, InetAddress.getByName("127.0.0.2"))) {
      assertThat(
              join(deceived.createNetClient().connect(server.port(), "localhost")).remoteAddress())
          .hasToString("localhost:" + server.port());
      inside.setSoTimeout(1_000);
      inside.accept().close();

      JsonObject settings =
          mail(server)
              .put("ca", certificate.pem())
              .put("username", MailServer.USER)
              .put("password", MailServer.PASSWORD);
      Email email =
          new Email(
              deceived,
              new Addresses(deceived, LOOPBACK),
              Duration.ofSeconds(2),
              SinkSettings.whole(SinkKind.EMAIL, settings));
      join(email.send(Wording.of(DELIVERY, Event.OPEN, Bodies.open(), settings)));
      assertThat(server.take().to()).isEqualTo("ops@example.com");
      inside.setSoTimeout(100);
      assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
    } finally {
      join(deceived.close());
    }
  }
}
