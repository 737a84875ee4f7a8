package dev.toygun.store;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is: {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full}.
 * {@code sslmode} is what it is to Postgres' own programs, {@code prefer} unless said otherwise;
 * {@code sslrootcert} names a PEM file of the authorities to trust.
 *
 * @param password never shown
 * @param rootCert null for the ones that Java trusts
 */
public record DatabaseUrl(
    String host,
    int port,
    String database,
    String user,
    String password,
    SslMode ssl,
    @Nullable String rootCert) {
  private static final String FORM =
      "expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE";

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException saying what is wrong with it, without the password
   */
  public static DatabaseUrl parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // Its message would quote the password.
      throw wrong("it is not a URL (is a character of the password not percent-encoded?)");
    }
    if (!List.of("postgres", "postgresql").contains(String.valueOf(uri.getScheme()))) {
      throw wrong("it begins with '" + uri.getScheme() + "'");
    }
    String host = uri.getHost();
    String path = uri.getPath();
    String account = uri.getRawUserInfo();
    if (host == null) {
      throw wrong("it names no host");
    }
    if (path == null || path.length() < 2) {
      throw wrong("it names no database");
    }
    if (account == null || account.isEmpty()) {
      throw wrong("it names no user");
    }
    int colon = account.indexOf(':');
    Map<String, String> parameters = parameters(uri.getRawQuery());
    String rootCert = parameters.remove("sslrootcert");
    SslMode ssl = ssl(parameters.remove("sslmode"));
    if (ssl == SslMode.REQUIRE && rootCert != null) {
      ssl = SslMode.VERIFY_CA; // As to Postgres' own programs.
    }
    if (!parameters.isEmpty()) {
      throw wrong("unknown parameters " + parameters.keySet() + "; known: sslmode, sslrootcert");
    }
    return new DatabaseUrl(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? 5432 : uri.getPort(),
        path.substring(1),
        decoded(colon < 0 ? account : account.substring(0, colon)),
        colon < 0 ? "" : decoded(account.substring(colon + 1)),
        ssl,
        rootCert);
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw wrong("parameter '" + pair + "' has no value");
        }
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static SslMode ssl(@Nullable String mode) {
    if (mode == null) {
      return SslMode.PREFER;
    }
    return Arrays.stream(SslMode.values())
        .filter(known -> stored(known).equals(mode))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "unknown sslmode '%s'; known: %s"
                        .formatted(
                            mode,
                            Arrays.stream(SslMode.values())
                                .map(DatabaseUrl::stored)
                                .collect(Collectors.joining(", ")))));
  }

  private static String stored(SslMode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("the database URL is wrong: " + what + "; " + FORM);
  }

  /** For Flyway, which speaks JDBC. User and password are given apart. */
  public String jdbc() {
    String server = host.contains(":") ? "[" + host + "]" : host;
    String trust = "";
    if (rootCert != null) {
      trust = "&sslrootcert=" + URLEncoder.encode(rootCert, StandardCharsets.UTF_8);
    } else if (verifies()) {
      trust = "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
    }
    return "jdbc:postgresql://%s:%d/%s?sslmode=%s%s"
        .formatted(server, port, database, stored(ssl), trust);
  }

  private boolean verifies() {
    return ssl == SslMode.VERIFY_CA || ssl == SslMode.VERIFY_FULL;
  }

  private TrustOptions trust() {
    if (rootCert != null) {
      return new PemTrustOptions().addCertPath(rootCert);
    }
    try {
      TrustManagerFactory java =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      java.init((KeyStore) null);
      return TrustOptions.wrap(java);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "Java has no authorities to trust: name some by sslrootcert in the database URL", e);
    }
  }

  PgConnectOptions connectOptions() {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(host)
            .setPort(port)
            .setDatabase(database)
            .setUser(user)
            .setPassword(password)
            .setSslMode(ssl);
    if (ssl != SslMode.DISABLE) {
      ClientSSLOptions tls =
          new ClientSSLOptions()
              .setTrustAll(!verifies())
              .setHostnameVerificationAlgorithm(ssl == SslMode.VERIFY_FULL ? "HTTPS" : "");
      if (verifies()) {
        tls.setTrustOptions(trust());
      }
      options.setSslOptions(tls);
    }
    return options;
  }

  /** The URL without its password. */
  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s?sslmode=%s".formatted(user, host, port, database, stored(ssl));
  }
}
