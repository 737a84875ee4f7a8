package dev.toygun.alert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for {@code localhost}, signed by itself.
 *
 * @param store its keys, as PKCS 12 under the password {@code changeit}
 * @param pem what a caller has to trust
 */
public record Certificate(Path store, String pem) {
  public static final String PASSWORD = "changeit";

  /** Makes one, in {@code localhost.p12} and {@code localhost.pem}. */
  public static Certificate make(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("localhost.p12");
    Path pem = folder.resolve("localhost.pem");
    keytool(
        folder,
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost",
            "-ext",
            "BC=ca:true",
            "-validity",
            "30",
            "-keystore",
            store.toString()));
    keytool(
        folder,
        List.of("-exportcert", "-rfc", "-file", pem.toString(), "-keystore", store.toString()));
    return new Certificate(store, Files.readString(pem));
  }

  private static void keytool(Path folder, List<String> what)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(what);
    command.addAll(List.of("-alias", "localhost", "-storepass", PASSWORD, "-storetype", "PKCS12"));
    Path log = folder.resolve("keytool.log");
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** The private key as PEM. */
  public String key() throws IOException, GeneralSecurityException {
    byte[] key = keys().getKey("localhost", PASSWORD.toCharArray()).getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));
  }

  SSLContext context() throws IOException, GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys(), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
