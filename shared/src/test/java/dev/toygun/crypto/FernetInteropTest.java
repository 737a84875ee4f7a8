package dev.toygun.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.macasaet.fernet.Key;
import com.macasaet.fernet.Token;
import com.macasaet.fernet.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's Fernet reads ours, and we read theirs. */
class FernetInteropTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Fernet OURS = new Fernet(Base64.getUrlDecoder().decode(Keys.FIRST));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fernetJavaAndWeReadEachOther(long seed) {
    Random random = new Random(seed);
    Key theirs = new Key(Keys.FIRST);
    for (int length = 0; length < 70; length++) {
      byte[] plaintext = bytes(random, length);
      String token = OURS.seal(plaintext, NOW.getEpochSecond(), bytes(random, 16));
      String token2 = Token.generate(new SecureRandom(), theirs, plaintext).serialise();

      assertThat(Token.fromString(token).validateAndDecrypt(theirs, AT_NOW))
          .as("seed %d, length %d", seed, length)
          .isEqualTo(plaintext);
      assertThat(Keys.plaintext(OURS.open(token2)))
          .as("seed %d, length %d", seed, length)
          .isEqualTo(plaintext);
    }
  }

  @Test
  void pythonReadsOurTokens() throws Exception {
    assumeTrue(pythonIsThere(), "no /usr/bin/python3 with the package cryptography: not compared");
    String token =
        OURS.seal("grüße, 世界".getBytes(UTF_8), NOW.getEpochSecond(), bytes(new Random(5), 16));

    String read =
        python(
            "import sys; from cryptography.fernet import Fernet;"
                + "sys.stdout.buffer.write(Fernet(sys.argv[1]).decrypt(sys.argv[2].encode()))",
            token);

    assertThat(read).isEqualTo("grüße, 世界");
  }

  @Test
  void weReadPythonsTokens() throws Exception {
    assumeTrue(pythonIsThere(), "no /usr/bin/python3 with the package cryptography: not compared");

    String token =
        python(
            "import sys; from cryptography.fernet import Fernet;"
                + "sys.stdout.buffer.write(Fernet(sys.argv[1]).encrypt(sys.argv[2].encode()))",
            "grüße, 世界");

    assertThat(new String(Keys.plaintext(OURS.open(token)), UTF_8)).isEqualTo("grüße, 世界");
  }

  private static boolean pythonIsThere() throws Exception {
    if (!Files.isExecutable(PYTHON)) {
      return false;
    }
    Process p =
        new ProcessBuilder(PYTHON.toString(), "-c", "import cryptography.fernet")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return p.waitFor(60, TimeUnit.SECONDS) && p.exitValue() == 0;
  }

  private static String python(String program, String argument)
      throws IOException, InterruptedException {
    Process p =
        new ProcessBuilder(PYTHON.toString(), "-X", "utf8", "-c", program, Keys.FIRST, argument)
            .redirectErrorStream(true)
            .start();
    p.getOutputStream().close();
    String said = new String(p.getInputStream().readAllBytes(), UTF_8);
    assertThat(p.waitFor(60, TimeUnit.SECONDS)).as("python ended in time").isTrue();
    assertThat(p.exitValue()).as("python said: %s", said).isZero();
    return said;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static final Validator<byte[]> AT_NOW =
      new Validator<>() {
        @Override
        public Clock getClock() {
          return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Override
        public Function<byte[], byte[]> getTransformer() {
          return bytes -> Arrays.copyOf(bytes, bytes.length);
        }
      };
}
