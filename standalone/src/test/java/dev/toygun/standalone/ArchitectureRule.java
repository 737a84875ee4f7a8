package dev.toygun.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;

/**
 * Who may know whom, and who may do what: a rule for each arrow of docs/ARCHITECTURE.md.
 *
 * <p>A rule is made for a root package, so that the very same one judges {@code dev.toygun} and the
 * offences planted below {@code dev.toygun.planted}. A rule that cannot fail guards nothing: each
 * names the classes planted to break it, and {@link ArchitectureTest} sees to it that they do.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // List.of and functions without state, but their types do not say so.
public enum ArchitectureRule {
  /** What a user writes against stays free of everything of ours. */
  THE_MODEL_STANDS_ALONE(
      List.of("KnowsTheCodec"),
      root ->
          classes()
              .that()
              .resideInAPackage(root)
              .should()
              .onlyDependOnClassesThat()
              .resideInAnyPackage(root, "java..", "io.vertx.core..", "org.jspecify..")),

  /** They meet in Postgres and in the queue, never in each other's code. */
  THE_SERVICES_ARE_STRANGERS(
      List.of("clock.KnowsTheWorker", "api.KnowsTheClock"),
      root -> slices().matching(root + ".(clock|worker|api)..").should().notDependOnEachOther()),

  /** A page is made of answers of the API: whatever it shows or does has gone through its gate. */
  PAGES_SEE_ANSWERS_ONLY(
      List.of("api.pages.SeesTheStore"),
      root ->
          noClasses()
              .that()
              .resideInAPackage(root + ".api.pages..")
              .should()
              .dependOnClassesThat(
                  resideInAnyPackage(root + "..")
                      .and(not(resideInAPackage(root + ".api.pages..")))
                      .as("are ours, but not of the pages"))),

  /** An example is a user's code: it sees the model, and nothing behind it. */
  EXAMPLES_SEE_THE_MODEL_ONLY(
      List.of("examples.KnowsTheCodec"),
      root ->
          noClasses()
              .that()
              .resideInAPackage(root + ".examples..")
              .should()
              .dependOnClassesThat(
                  resideInAnyPackage(root + "..")
                      .and(not(resideInAnyPackage(root, root + ".examples..")))
                      .as("are ours, but not of the model"))),

  /**
   * The statements of Toygun are all in one place. Examples, the all-in-one process and the demo of
   * the command line have databases of their own to make and to ask.
   */
  ONLY_THE_STORE_SEES_SQL(
      List.of("worker.SeesSql"),
      root ->
          noClasses()
              .that()
              .resideOutsideOfPackages(
                  root + ".store..",
                  root + ".examples..",
                  root + ".standalone..",
                  root + ".testing.servers..",
                  root + ".cli.demo..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "io.vertx.pgclient..",
                  "io.vertx.sqlclient..",
                  "java.sql..",
                  "javax.sql..",
                  "org.postgresql..",
                  "org.flywaydb..")),

  /** Redis is a detail of the queue and its leases. */
  ONLY_THE_QUEUE_SEES_REDIS(
      List.of("clock.SeesRedis"),
      root ->
          noClasses()
              .that()
              .resideOutsideOfPackage(root + ".queue..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("io.vertx.redis..")),

  /** HTTP for people is a matter of the API. */
  ONLY_THE_API_SEES_VERTX_WEB(
      List.of("worker.SeesVertxWeb"),
      root ->
          noClasses()
              .that()
              .resideOutsideOfPackage(root + ".api..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage("io.vertx.ext.web..", "io.vertx.openapi..")),

  /** Else the engine could not be simulated: a verticle is its only door to Vert.x. */
  ONLY_VERTICLES_SEE_VERTX(
      List.of("clock.SeesTheEventBus", "worker.SeesVertx"),
      root ->
          noClasses()
              .that()
              .resideInAnyPackage(root + ".clock..", root + ".worker..")
              .and(not(partOfAVerticle()))
              .should()
              .dependOnClassesThat(
                  resideInAnyPackage("io.vertx.core.eventbus..", "io.vertx.core.internal..")
                      .or(
                          describe(
                              "are Vertx or Context",
                              seen ->
                                  Set.of("io.vertx.core.Vertx", "io.vertx.core.Context")
                                      .contains(seen.getName()))))),

  /** Now, timers, uuids and randomness have one source, so that a seed replays a failure. */
  ONLY_TIME_ASKS_THE_TIME(
      List.of("clock.AsksTheTime", "worker.RefersToTheTime", "api.ThrowsDice"),
      root ->
          noClasses()
              .that()
              .resideOutsideOfPackage(root + ".time..")
              .should()
              .accessTargetWhere(Calls.TIME_AND_CHANCE)),

  /** A user's blocking step may await; the engine never does. */
  NOTHING_OF_OURS_AWAITS(
      List.of("worker.Awaits"),
      root ->
          noClasses()
              .that()
              .resideOutsideOfPackages(root + ".examples..", root + ".testing..")
              .should()
              .accessTargetWhere(Calls.AWAITING)),

  /** What runs on an event loop holds nobody up. */
  THE_ENGINE_NEVER_BLOCKS(
      List.of("store.Sleeps", "queue.Joins"),
      root ->
          noClasses()
              .that()
              .resideInAnyPackage(
                  root + ".clock..",
                  root + ".worker..",
                  root + ".api..",
                  root + ".store..",
                  root + ".queue..")
              .should()
              .accessTargetWhere(Calls.BLOCKING)),

  /** A name says what a thing is; these say only that somebody could not tell. */
  NAMES_SAY_WHAT_A_THING_IS(
      List.of("store.StoreImpl", "queue.QueueManager"),
      root ->
          noClasses()
              .should()
              .haveNameMatching(".*(Impl|Manager|Utils?|Helper|Common)(\\$.*)?")
              .orShould()
              .resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..")),

  /** What is not said to be null, is not: in every package. */
  EVERY_PACKAGE_IS_NULL_MARKED(
      List.of("api.KnowsTheClock"), root -> classes().should(resideInANullMarkedPackage()));

  private final List<String> offenders;
  private final Function<String, ArchRule> rule;

  ArchitectureRule(List<String> offenders, Function<String, ArchRule> rule) {
    this.offenders = offenders;
    this.rule = rule;
  }

  /** The classes below the planted root that break this rule. */
  public List<String> offenders() {
    return offenders;
  }

  /** The rule for what lies in and below a package. */
  public ArchRule in(String root) {
    return rule.apply(root).as(name()).allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> partOfAVerticle() {
    return describe(
        "are part of a verticle",
        seen -> {
          JavaClass outermost = seen;
          while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
          }
          return outermost.getSimpleName().endsWith("Verticle");
        });
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass seen, ConditionEvents events) {
        if (!seen.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  seen, seen.getName() + " is in a package without @NullMarked package-info.java"));
        }
      }
    };
  }
}
