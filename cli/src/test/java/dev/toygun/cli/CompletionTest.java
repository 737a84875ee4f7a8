package dev.toygun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell makes of the script. */
class CompletionTest {
  @Test
  void bashCompletesVerbsAndOptions(@TempDir Path folder) throws Exception {
    String script = Command.bare("completion", "bash").out();
    assertThat(Command.bare("completion", "zsh").out())
        .isEqualTo(script.replace("completion bash)", "completion zsh)"));
    assertThat(Command.bare("completion", "fish").code()).isEqualTo(Exit.USAGE);
    Path file = Files.writeString(folder.resolve("toygun.sh"), script);
    assertThat(completed(file, "ret")).contains("retry");
    assertThat(completed(file, "rewind", "--st")).contains("--state", "--step");
    assertThat(completed(file, "get", "-o", "j")).contains("json");
  }

  private static String completed(Path script, String... words) throws IOException {
    String line = String.join(" ", words);
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source %s; COMP_WORDS=(toygun %s); COMP_CWORD=%d; _complete_toygun; echo \"${COMPREPLY[@]}\""
                    .formatted(script, line, words.length))
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return said;
  }
}
