package dev.toygun.standalone;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import redis.embedded.core.ExecutableProvider;

/**
 * The servers that come with Toygun as libraries: PostgreSQL and Redis for this system, unpacked
 * into a folder, once. PostgreSQL goes where the example that provisions such servers looks for it
 * too, so that the two share one copy.
 */
final class Binaries {
  private final Path folder;

  /**
   * @param folder where they are unpacked to
   */
  Binaries(Path folder) {
    this.folder = folder;
  }

  /** The folder of PostgreSQL, which holds {@code bin/postgres}. */
  Path postgres() throws IOException {
    Path home = folder.resolve("postgresql-" + hash());
    if (Files.isExecutable(home.resolve("bin/postgres"))) {
      return home;
    }
    Files.createDirectories(folder);
    // Unpacked aside and moved into place whole: a process that dies here leaves no half of it.
    Path aside = Files.createTempDirectory(folder, "unpacking-");
    try (InputStream archive = archive();
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      unpack(tar, aside);
      Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException e) {
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw e;
      }
      Folders.delete(aside); // Somebody else was faster.
    }
    return home;
  }

  /** The program redis-server. */
  Path redis() throws IOException {
    Path server = folder.resolve("redis-server");
    if (Files.isExecutable(server)) {
      return server;
    }
    Files.createDirectories(folder);
    Path aside = Files.createTempDirectory(folder, "unpacking-");
    File unpacked = ExecutableProvider.newJarResourceProvider(aside.toFile()).get();
    Files.move(unpacked.toPath(), server, StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(aside);
    return server;
  }

  private static String hash() throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(archive(), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static InputStream archive() throws IOException {
    String name = "/postgres-" + system() + "-" + processor() + ".txz";
    InputStream archive = Binaries.class.getResourceAsStream(name);
    if (archive == null) {
      throw new IOException(
          "There is no PostgreSQL for this system on the class path ("
              + name
              + "): set TOYGUN_DATABASE_URL to one of your own");
    }
    return archive;
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
  }

  private static String processor() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return name.equals("aarch64") || name.equals("arm64") ? "arm_64" : "x86_64";
  }

  private static void unpack(TarArchiveInputStream tar, Path into) throws IOException {
    TarArchiveEntry entry = tar.getNextEntry();
    for (; entry != null; entry = tar.getNextEntry()) {
      Path target = into.resolve(entry.getName()).normalize();
      if (!target.startsWith(into)) {
        throw new IOException("The archive of PostgreSQL names a path outside: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(target);
        continue;
      }
      Files.createDirectories(target.resolveSibling("."));
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      } else if (entry.isLink()) {
        Files.createLink(target, into.resolve(entry.getLinkName()));
      } else {
        Files.copy(tar, target);
        boolean runs = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }
}
