package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private final Path temporary;

  DataFolderTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void theKeychainIsWrittenOnceAndReadByItsOwnerOnly() throws IOException {
    Path folder = temporary.resolve("data");
    String first;
    try (DataFolder data = DataFolder.open(folder)) {
      first = data.keychain(bytes -> Arrays.fill(bytes, (byte) 1));
    }
    try (DataFolder data = DataFolder.open(folder)) {
      assertThat(data.keychain(bytes -> Arrays.fill(bytes, (byte) 2))).isEqualTo(first);
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("keychain"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void dataWithoutItsKeychainIsRefused() throws IOException {
    Path folder = temporary.resolve("data");
    Files.createDirectories(folder.resolve("postgres"));
    try (DataFolder data = DataFolder.open(folder)) {
      assertThatThrownBy(() -> data.keychain(bytes -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("its keychain is gone")
          .hasMessageContaining(folder.resolve("keychain").toString());
    }
  }

  @Test
  void oneFolderServesOneProcess() throws IOException {
    Path folder = temporary.resolve("data");
    DataFolder first = DataFolder.open(folder);
    assertThatThrownBy(() -> DataFolder.open(folder))
        .hasMessageContaining("Another toygun runs on");
    first.close();
    DataFolder.open(folder).close();
  }
}
