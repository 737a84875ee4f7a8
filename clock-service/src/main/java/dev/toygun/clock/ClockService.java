package dev.toygun.clock;

import dev.toygun.service.Config;
import dev.toygun.service.Ground;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.service.Service;
import dev.toygun.store.Retention;
import java.util.List;

/** A clock as a service. Any number may run: one takes over where another ends. */
public final class ClockService implements Service.Body {
  /** Makes one; what it needs it gets when it starts. */
  public ClockService() {}

  /** Runs a clock until it is asked to stop. */
  public static void main(String[] words) {
    Launcher.main(new ClockService());
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Service.Limb> limbs(Ground ground) {
    ClockVerticle verticle =
        new ClockVerticle(
            ClockSettings.STANDARD.withKeep(keep(ground.config())),
            "clock-" + ground.time().uuid(),
            new ClockVerticle.Parts(
                ground.time(), ground.store(), ground.queue(), ground.leases(), ground.metrics()));
    return List.of(new Service.Limb(name(), verticle));
  }

  private static Retention.Settings keep(Config config) {
    return new Retention.Settings(
        config.get(Keys.KEEP), config.get(Keys.KEEP_HISTORY), config.get(Keys.KEEP_AUDIT));
  }
}
