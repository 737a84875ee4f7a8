package dev.toygun.bench;

import dev.toygun.standalone.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A house in a folder that is there for it alone, unless it is somebody's. */
final class Workplace implements AutoCloseable {
  private final Path folder;
  private final boolean ours;
  private final House house;

  private Workplace(Path folder, boolean ours, House house) {
    this.folder = folder;
    this.ours = ours;
    this.house = house;
  }

  /**
   * Opens it.
   *
   * @param folder where; null for a new one
   */
  static Workplace open(@Nullable Path folder) throws Exception {
    Path where = folder == null ? Files.createTempDirectory("toygun-bench-").toRealPath() : folder;
    return new Workplace(where, folder == null, House.open(where));
  }

  House house() {
    return house;
  }

  /** What a reader of the figures has to know of the machine. */
  String told() throws IOException {
    return "%d cores, %s, Java %s, data in %s on %s, load %.2f"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            folder,
            Files.getFileStore(folder).type(),
            Cpu.load());
  }

  @Override
  public void close() throws IOException, SQLException {
    house.close();
    if (ours) {
      Folders.delete(folder);
    }
  }
}
