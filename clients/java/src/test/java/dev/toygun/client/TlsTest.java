package dev.toygun.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key is given to nobody whose certificate does not stand for the host. */
class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @Test
  void aCertificateIsVerified(@TempDir Path folder) throws Exception {
    KeyStore keys = made(folder.resolve("keys.p12"));
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = "{\"ready\": true}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    int port = server.getAddress().getPort();
    try (Toygun stranger = at("localhost", port).build();
        Toygun known = at("localhost", port).tls(context).build();
        Toygun other = at("127.0.0.1", port).tls(context).build()) {
      assertThatThrownBy(stranger::ready).isInstanceOf(Problem.Unreachable.class);
      assertThat(known.ready().ready()).isTrue();
      assertThatThrownBy(other::ready).isInstanceOf(Problem.Unreachable.class);
    } finally {
      server.stop(0);
    }
  }

  private static Toygun.Builder at(String host, int port) {
    return Toygun.builder().url("https://%s:%d".formatted(host, port)).key(Peer.KEY).tries(1);
  }

  private static KeyStore made(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "toygun",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    // The certificate for itself too: a store of keys alone trusts nobody.
    keys.setCertificateEntry("trusted", keys.getCertificate("toygun"));
    return keys;
  }
}
