package dev.toygun.alert;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Mail over SMTP, encrypted unless the settings say otherwise, and then only to a network that was
 * allowed by name. Mails about one alarm are one thread.
 */
final class Email implements Sink {
  private final Vertx vertx;
  private final Addresses addresses;
  private final Duration timeout;
  private final JsonObject settings;

  Email(Vertx vertx, Addresses addresses, Duration timeout, JsonObject settings) {
    this.vertx = vertx;
    this.addresses = addresses;
    this.timeout = timeout;
    this.settings = settings;
  }

  @Override
  public Future<Void> send(Message message) {
    return addresses.find(settings.getString("host")).compose(found -> sent(found, message));
  }

  private Future<Void> sent(Addresses.Found found, Message message) {
    if (settings.getString("security").equals("none") && !found.trusted()) {
      return Future.failedFuture(
          NotDelivered.ever(
              "without TLS the mail would be open to anybody on the way: write \"security\": \"starttls\" or \"tls\""));
    }
    // The address that was judged, not another look at the name.
    MailClient client = MailClient.create(FixedAddress.in(vertx, found.address()), config());
    return client
        .sendMail(mail(message))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> client.close())
        .<Void>mapEmpty()
        .recover(error -> Future.failedFuture(explained(error)));
  }

  /*
   * Nothing is said about the name in the certificate, so that it is checked: the client checks it
   * unless it is told to (up to vertx-mail-client 5.0.8 it takes an algorithm that is set for none).
   */
  private MailConfig config() {
    String security = settings.getString("security");
    MailConfig config =
        new MailConfig()
            .setHostname(settings.getString("host"))
            .setPort(settings.getInteger("port"))
            .setSsl(security.equals("tls"))
            .setStarttls(
                security.equals("starttls") ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
            .setLogin(
                settings.containsKey("username") ? LoginOption.REQUIRED : LoginOption.DISABLED)
            .setMaxPoolSize(1)
            .setKeepAlive(false)
            .setDisableEsmtp(false)
            .setMultiPartOnly(false)
            .setConnectTimeout((int) timeout.toMillis());
    @Nullable String ca = settings.getString("ca");
    if (ca != null) {
      config.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)));
    }
    @Nullable String username = settings.getString("username");
    if (username != null) {
      config.setUsername(username).setPassword(settings.getString("password"));
    }
    return config;
  }

  private MailMessage mail(Message message) {
    String thread = "<%s@toygun>".formatted(message.dedupKey().replaceAll("[^A-Za-z0-9.-]", "-"));
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Message-ID", "<%s@toygun>".formatted(message.delivery()))
            .add("References", thread)
            .add("Auto-Submitted", "auto-generated")
            .add("X-Toygun-Dedup-Key", Texts.line(message.dedupKey(), 200));
    return new MailMessage()
        .setFrom(settings.getString("from"))
        .setTo(to())
        .setSubject(Texts.line("[toygun] " + message.title(), 250))
        .setText(message.text())
        .setHeaders(headers);
  }

  private List<String> to() {
    JsonArray to = settings.getJsonArray("to");
    return to.stream().map(String.class::cast).collect(Collectors.toList());
  }

  private NotDelivered explained(Throwable error) {
    if (error instanceof NotDelivered explained) {
      return explained;
    }
    if (error instanceof TimeoutException) {
      return NotDelivered.now(
          "the mail server took longer than %d s".formatted(timeout.toSeconds()));
    }
    String message =
        "the mail server refused: " + Texts.line(String.valueOf(error.getMessage()), 300);
    return error instanceof SMTPException smtp && smtp.isPermanent()
        ? NotDelivered.ever(message)
        : NotDelivered.now(message);
  }
}
