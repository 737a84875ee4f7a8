package dev.toygun.worker;

import dev.toygun.service.Build;
import dev.toygun.service.Config;
import dev.toygun.service.Ground;
import dev.toygun.service.Host;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.service.Service;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker as a service. */
public final class WorkerService implements Service.Body {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerService.class);

  private volatile SortedMap<String, List<String>> types = Collections.emptySortedMap();

  /** Makes one; what it needs it gets when it starts. */
  public WorkerService() {}

  /** Runs a worker until it is asked to stop. */
  public static void main(String[] words) {
    Launcher.main(new WorkerService());
  }

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public List<Service.Limb> limbs(Ground ground) {
    Config config = ground.config();
    String id =
        config
            .find(Keys.WORKER_ID)
            .orElseGet(() -> "worker-" + tail(ground.time().uuid().toString()));
    TypesPath.Loaded loaded =
        TypesPath.load(config.find(Keys.TYPES_PATH).orElse(List.of()), ground.setting());
    types = loaded.from();
    types.forEach((from, names) -> LOG.info("types of {}: {}", from, String.join(", ", names)));
    WorkerVerticle verticle =
        new WorkerVerticle(
            settings(id, config),
            new WorkerVerticle.Parts(
                loaded.types(),
                ground.time(),
                ground.store(),
                ground.queue(),
                ground.leases(),
                ground.keyring(),
                ground.metrics(),
                ground.spans()),
            config.get(Keys.BLOCKING_THREADS),
            config.get(Keys.DRAIN));
    return List.of(new Service.Limb(name(), verticle, verticle::sick));
  }

  /** The names of the types that it has loaded, by what they are from: the class path, or a jar. */
  public SortedMap<String, List<String>> types() {
    return types;
  }

  private static WorkerSettings settings(String id, Config config) {
    WorkerSettings usual = WorkerSettings.of(id, Build.id());
    return new WorkerSettings(
        id,
        usual.build(),
        Host.name(),
        config.get(Keys.QUEUES).stream().distinct().toList(),
        config.get(Keys.IN_FLIGHT),
        config.get(Keys.BACKLOG),
        usual.group(),
        usual.groupsUnderWay(),
        usual.goOnTicks(),
        usual.goOnTime());
  }

  /** The random end of a uuid: its beginning is the time, and the same for all that start now. */
  private static String tail(String uuid) {
    return uuid.substring(uuid.length() - 12);
  }
}
