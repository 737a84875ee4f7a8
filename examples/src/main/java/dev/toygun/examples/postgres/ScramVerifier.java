package dev.toygun.examples.postgres;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import dev.toygun.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A password as PostgreSQL stores it (RFC 5803): who has it can check the password, and can not log
 * in with it. PostgreSQL takes it in place of the password in {@code CREATE ROLE … PASSWORD}.
 */
final class ScramVerifier {
  // As many as PostgreSQL itself takes by default.
  private static final int ITERATIONS = 4096;
  private static final int SALT_BYTES = 16;

  private ScramVerifier() {}

  /** Hashes it, with a new salt. */
  static String of(Secret password) {
    ScramMechanism sha256 = ScramMechanism.SCRAM_SHA_256;
    byte[] salt = ScramFunctions.salt(SALT_BYTES, new SecureRandom());
    byte[] salted =
        ScramFunctions.saltedPassword(
            sha256,
            StringPreparation.POSTGRESQL_PREPARATION,
            password.reveal().toCharArray(),
            salt,
            ITERATIONS);
    byte[] stored = ScramFunctions.storedKey(sha256, ScramFunctions.clientKey(sha256, salted));
    byte[] server = ScramFunctions.serverKey(sha256, salted);
    Base64.Encoder base64 = Base64.getEncoder();
    return "SCRAM-SHA-256$%d:%s$%s:%s"
        .formatted(
            ITERATIONS,
            base64.encodeToString(salt),
            base64.encodeToString(stored),
            base64.encodeToString(server));
  }
}
