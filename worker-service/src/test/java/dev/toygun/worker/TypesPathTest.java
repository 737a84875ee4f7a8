package dev.toygun.worker;

import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Secret;
import dev.toygun.Setting;
import dev.toygun.TypeSet;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types are found in jars, with the libraries beside them, and what is wrong names the jar. */
class TypesPathTest {
  private static final Setting NOTHING =
      new Setting() {
        @Override
        public Vertx vertx() {
          throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> config(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<Secret> secret(String name) {
          return Optional.empty();
        }

        @Override
        public void onClose(Runnable close) {}
      };

  private final Path folder;

  TypesPathTest(@TempDir Path folder) {
    this.folder = folder;
  }

  enum State {
    UP
  }

  /** A library. */
  static final class Names {
    private Names() {}

    static String server() {
      return "server";
    }
  }

  /** Types that use a library. */
  public static final class Servers implements ResourceTypes {
    @Override
    public List<ResourceType<?>> types(Setting setting) {
      return List.of(
          ResourceType.of(Names.server(), state(State.UP).decide(t -> t.stay()).rests()));
    }
  }

  /** Types that need what nobody gave. */
  public static final class Needy implements ResourceTypes {
    @Override
    public List<ResourceType<?>> types(Setting setting) {
      throw new IllegalStateException("set ACME_TOKEN: " + setting.config("ACME_TOKEN"));
    }
  }

  private Path jar(String name, String service, Class<?>... classes) throws IOException {
    Path file = folder.resolve(name);
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (Class<?> each : classes) {
        String entry = each.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream in =
            Objects.requireNonNull(each.getClassLoader()).getResourceAsStream(entry)) {
          Objects.requireNonNull(in).transferTo(jar);
        }
      }
      if (!service.isEmpty()) {
        jar.putNextEntry(new JarEntry("META-INF/services/dev.toygun.ResourceTypes"));
        jar.write(service.getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private Path servers(String name) throws IOException {
    return jar(name, Servers.class.getName(), Servers.class, State.class);
  }

  private static TypeSet load(Path... path) {
    return TypesPath.load(List.of(path), NOTHING).types();
  }

  @Test
  void whatWasLoadedSaysWhichJarEachTypeIsFrom() throws IOException {
    Path jar = jar("servers.jar", Servers.class.getName(), Servers.class, State.class, Names.class);
    assertThat(TypesPath.load(List.of(jar), NOTHING).from())
        .isEqualTo(Map.of(jar.toString(), List.of("server")));
  }

  @Test
  void aJarWithoutTypesIsALibraryOfThoseBesideIt() throws IOException {
    servers("servers.jar");
    jar("names.jar", "", Names.class);
    assertThat(load(folder).find("server")).isPresent();
  }

  @Test
  void aJarThatIsNotThereIsSaidNotToBe() {
    Path jar = folder.resolve("types.jar");
    assertThatThrownBy(() -> load(jar))
        .hasMessage("TOYGUN_TYPES_PATH names " + jar + ", and there is no such file or folder");
  }

  @Test
  void aFolderOfLibrariesAloneIsRefused() throws IOException {
    jar("names.jar", "", Names.class);
    assertThatThrownBy(() -> load(folder))
        .hasMessageContaining(folder + " holds no resource types");
  }

  @Test
  void aLibraryThatIsNotThereIsNamedWithWhatATypeSees() throws IOException {
    Path jar = servers("servers.jar");
    assertThatThrownBy(() -> load(jar))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            Servers.class.getName() + " in " + jar + " cannot start",
            "NoClassDefFoundError: " + Names.class.getName() + " is not in " + jar,
            "dev.toygun, Vert.x, Netty, Jackson, SLF4J",
            "put its library into the jar, or beside it");
  }

  @Test
  void typesThatFailAreNamed() throws IOException {
    Path jar = jar("needy.jar", Needy.class.getName(), Needy.class);
    assertThatThrownBy(() -> load(jar))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            Needy.class.getName()
                + " in "
                + jar
                + " cannot start: java.lang.IllegalStateException: set ACME_TOKEN");
  }

  @Test
  void aClassThatIsNotThereIsNamedWithTheJarThatPromisesIt() throws IOException {
    Path jar = jar("nope.jar", "acme.Nope");
    assertThatThrownBy(() -> load(jar))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(jar + " cannot be used", "Provider acme.Nope not found");
  }

  @Test
  void twoTypesOfOneNameAreNamedWithTheirJars() throws IOException {
    Path one = servers("one.jar");
    Path two = servers("two.jar");
    jar("names.jar", "", Names.class);
    assertThatThrownBy(() -> load(folder))
        .hasMessageContainingAll(
            "two resource types are called server",
            "server: there is one in %s (%s), and in %s"
                .formatted(one, Servers.class.getName(), two));
  }
}
