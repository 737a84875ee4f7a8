package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units fit what they run. */
class SystemdTest {
  private static final String FOLDER = "deploy/systemd/";

  /** Each unit, and the word that says which service it is. */
  private static final Map<String, String> UNITS =
      Map.of(
          "toygun-clock.service", "clock",
          "toygun-worker@.service", "worker",
          "toygun-api.service", "api",
          "toygun-migrate.service", "migrate");

  /** What a unit says with what is said for all of them: each word, and all its values. */
  private static Map<String, List<String>> unit(String name) throws IOException {
    Map<String, List<String>> said = new LinkedHashMap<>();
    for (String file : List.of(name, "toygun-.service.d/common.conf")) {
      for (String line : Pages.text(FOLDER + file).lines().toList()) {
        int equals = line.indexOf('=');
        if (!line.startsWith("#") && !line.startsWith("[") && equals > 0) {
          said.computeIfAbsent(line.substring(0, equals), word -> new ArrayList<>())
              .add(line.substring(equals + 1));
        }
      }
    }
    return said;
  }

  private static String one(Map<String, List<String>> unit, String word) {
    List<String> values = unit.getOrDefault(word, List.of());
    assertThat(values).as(word).hasSize(1);
    return values.get(0);
  }

  /** The settings of a unit: of its own lines, and of the file that goes before them. */
  private static Map<String, String> settings(String name) throws IOException {
    Map<String, String> settings = new HashMap<>();
    List<String> lines = new ArrayList<>(unit(name).getOrDefault("Environment", List.of()));
    Pages.text(FOLDER + "toygun.env")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(lines::add);
    for (String line : lines) {
      String[] said = line.split("=", 2);
      assertThat(settings.put(said[0], said[1].replace("%i", "3"))).as(line).isNull();
    }
    return settings;
  }

  @Test
  void everySettingIsDocumentedAndReadsWellAndFiguresHavePortsOfTheirOwn(@TempDir Path scratch)
      throws Exception {
    Set<Integer> ports = new HashSet<>();
    for (String name : UNITS.keySet()) {
      Config config = Deployed.read(settings(name), scratch);
      Duration stop = Duration.ofSeconds(Long.parseLong(one(unit(name), "TimeoutStopSec")));
      assertThat(stop).as(name).isGreaterThan(config.get(Keys.DRAIN).plusSeconds(30));
      if (!name.contains("migrate")) {
        assertThat(ports.add(config.get(Keys.METRICS_PORT))).as(name).isTrue();
      }
    }
    assertThat(ports).hasSize(3);
  }

  @Test
  void secretsAreCredentials() throws Exception {
    Map<String, List<String>> all = unit("toygun-clock.service");
    List<String> files =
        all.getOrDefault("Environment", List.of()).stream()
            .filter(line -> line.contains("_FILE="))
            .map(line -> line.split("=%d/", 2)[1])
            .toList();
    assertThat(files).hasSize(3);
    assertThat(all.getOrDefault("LoadCredential", List.of()))
        .containsExactlyElementsOf(
            files.stream().map(file -> file + ":/etc/toygun/secrets/" + file).toList());
    assertThat(one(all, "EnvironmentFile")).isEqualTo("/etc/toygun/toygun.env");
  }

  @Test
  void eachIsStartedAsTheImageStartsIt() throws Exception {
    for (Map.Entry<String, String> unit : UNITS.entrySet()) {
      assertThat(one(unit(unit.getKey()), "ExecStart"))
          .isEqualTo("/usr/bin/" + Deployed.command() + " " + unit.getValue());
    }
  }

  @Test
  void whatDiesComesBackButForWhatCannotBe() throws Exception {
    for (String name : UNITS.keySet()) {
      Map<String, List<String>> unit = unit(name);
      assertThat(one(unit, "Restart")).isEqualTo(name.contains("migrate") ? "no" : "always");
      assertThat(one(unit, "RestartPreventExitStatus")).isEqualTo("2");
    }
  }

  @Test
  void unitsMayDoNothingThatTheyDoNotNeed() throws Exception {
    for (String name : UNITS.keySet()) {
      Map<String, List<String>> unit = unit(name);
      assertThat(one(unit, "User")).isEqualTo("toygun");
      assertThat(one(unit, "NoNewPrivileges")).isEqualTo("yes");
      assertThat(one(unit, "CapabilityBoundingSet")).isEmpty();
      assertThat(one(unit, "ProtectSystem")).isEqualTo("strict");
      for (String word : List.of("ProtectHome", "PrivateTmp", "PrivateDevices", "RemoveIPC")) {
        assertThat(one(unit, word)).as(word).isEqualTo("yes");
      }
      assertThat(one(unit, "SystemCallFilter")).isEqualTo("@system-service");
    }
  }
}
