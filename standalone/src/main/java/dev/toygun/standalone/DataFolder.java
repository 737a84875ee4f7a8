package dev.toygun.standalone;

import dev.toygun.crypto.Entropy;
import dev.toygun.crypto.Keyring;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The folder in which {@code toygun up} keeps everything.
 *
 * <pre>
 *   lock        held while a toygun runs on it
 *   keychain    0600, written once; without it the data is of no use
 *   *-password  0600, of the two servers
 *   api-key     0600, an admin's; where the client finds it
 *   url         where the API is, for the client
 *   *-url       0600, of the two servers while they run, for an audit
 *   binaries/   the servers, unpacked
 *   postgres/   data and log
 *   redis/      log
 * </pre>
 */
public final class DataFolder implements AutoCloseable {
  private static final String KEYCHAIN = "keychain";
  private static final int PASSWORD_BYTES = 24;

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder where there is none, and locks it.
   *
   * @throws IOException where another process has it, or it cannot be written
   */
  public static DataFolder open(Path path) throws IOException {
    Path folder = Folders.secret(path.toAbsolutePath().normalize());
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked;
    try {
      locked = lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      lock.close();
      throw new IOException(
          "Another toygun runs on " + folder + ": stop it, or set TOYGUN_DATA to another folder");
    }
    return new DataFolder(folder, lock);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The servers that come with Toygun. */
  Binaries binaries() {
    return new Binaries(path.resolve("binaries"));
  }

  Path postgres() {
    return path.resolve("postgres");
  }

  Path redis() {
    return path.resolve("redis");
  }

  /**
   * The keychain, written at the first start.
   *
   * @throws IOException where there is data, but no keychain any more: nothing could be opened
   */
  public String keychain(Entropy entropy) throws IOException {
    Optional<String> stored = storedKeychain(path);
    if (stored.isPresent()) {
      return stored.get();
    }
    Path file = path.resolve(KEYCHAIN);
    if (Files.exists(postgres())) {
      throw new IOException(
          "There is data in %s, but its keychain is gone. Put %s back; without it no secret in the data can be opened. To begin anew, remove the folder."
              .formatted(path, file));
    }
    String made = Keyring.newKeychain(entropy);
    Folders.writeSecret(file, made);
    return made;
  }

  /** The keychain of a folder of data, if it has one. */
  public static Optional<String> storedKeychain(Path folder) throws IOException {
    Path file = folder.resolve(KEYCHAIN);
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  /** A password for a server of ours, the same at each start. */
  String password(String server, Entropy entropy) throws IOException {
    Path file = path.resolve(server + "-password");
    if (!Files.exists(file)) {
      byte[] bytes = new byte[PASSWORD_BYTES];
      entropy.fill(bytes);
      Folders.writeSecret(file, HexFormat.of().formatHex(bytes));
    }
    return Files.readString(file).strip();
  }

  /** The admin's API key, if one was kept. */
  public Optional<String> apiKey() throws IOException {
    Path file = path.resolve("api-key");
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  /** Keeps the admin's API key. */
  public void keepApiKey(String key) throws IOException {
    Folders.writeSecret(path.resolve("api-key"), key);
  }

  /** Says where the API is, for the client. */
  public void keepUrl(String url) throws IOException {
    Folders.writeSecret(path.resolve("url"), url);
  }

  /** Says where a server of ours is, while it runs: a secret. */
  void keepServerUrl(String server, String url) throws IOException {
    Folders.writeSecret(path.resolve(server + "-url"), url);
  }

  /**
   * Where a server is that a toygun started in this folder, which may be another process; nothing
   * where none runs, though one that was killed has left its urls.
   */
  public static Optional<String> serverUrl(Path folder, String server) throws IOException {
    Path file = folder.resolve(server + "-url");
    return Files.exists(file) && !isLeft(folder)
        ? Optional.of(Files.readString(file).strip())
        : Optional.empty();
  }

  /* Not for the process that has it: what is closed here would let its lock go. */
  /** Whether a toygun had the folder, and none has it now. */
  private static boolean isLeft(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Unlocks the folder; what is in it stays. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path.resolve("url"));
    Files.deleteIfExists(path.resolve("postgres-url"));
    Files.deleteIfExists(path.resolve("redis-url"));
    lock.close();
  }
}
