package dev.toygun.api;

import dev.toygun.alert.Sinks;
import dev.toygun.api.oidc.SignOn;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.store.AlarmOperations;
import dev.toygun.store.AlarmSinks;
import dev.toygun.store.ApiKeys;
import dev.toygun.store.Audit;
import dev.toygun.store.BreakerOperations;
import dev.toygun.store.Bulk;
import dev.toygun.store.Events;
import dev.toygun.store.Explanations;
import dev.toygun.store.Idempotency;
import dev.toygun.store.Operations;
import dev.toygun.store.Outbox;
import dev.toygun.store.RepairOperations;
import dev.toygun.store.Runs;
import dev.toygun.store.Sessions;
import dev.toygun.store.Store;
import dev.toygun.store.Subtrees;
import dev.toygun.store.Uptimes;
import dev.toygun.store.Views;
import dev.toygun.time.Time;
import dev.toygun.trace.Spans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the API over HTTP, and the process's metrics on a port of their own. */
public final class ApiVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ApiVerticle.class);
  private static final Duration PURGE_EVERY = Duration.ofMinutes(10);

  private final ApiSettings settings;
  private final Parts parts;
  private @Nullable EventStreams streams;
  private @Nullable HttpServer api;
  private @Nullable HttpServer metrics;
  private @Nullable SignOn signOn;

  /**
   * What the API works with.
   *
   * @param queue tells when something was committed
   * @param leases tell what is being ticked
   * @param needs what {@code /ready} asks after, at most once a second
   */
  public record Parts(
      Time time,
      Store store,
      Operations operations,
      AlarmOperations alarms,
      Views views,
      Subtrees subtrees,
      Runs runs,
      Explanations explanations,
      Uptimes uptimes,
      Events events,
      Queue queue,
      Leases leases,
      ApiKeys keys,
      Sessions sessions,
      Idempotency idempotency,
      Audit audit,
      AlarmSinks alarmSinks,
      Outbox outbox,
      Sinks sinks,
      Keyring keyring,
      PrometheusMeterRegistry metrics,
      Spans spans,
      List<Need> needs) {}

  public ApiVerticle(ApiSettings settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
  }

  /** The port that the API listens on, once it does. */
  public int port() {
    HttpServer server = api;
    return server == null ? settings.port() : server.actualPort();
  }

  /** The port that the metrics are on, once they are. */
  public int metricsPort() {
    HttpServer server = metrics;
    return server == null ? settings.metricsPort() : server.actualPort();
  }

  @Override
  public Future<?> start() {
    // Reading the contract takes longer than an event loop may be held.
    return vertx.executeBlocking(Contract::load).compose(this::serve);
  }

  private Future<Void> serve(Contract contract) {
    FieldSeal seal = new FieldSeal(parts.keyring());
    Optional<SignOn> elsewhere = settings.oidc().map(oidc -> new SignOn(oidc, vertx, parts.time()));
    signOn = elsewhere.orElse(null);
    Optional<People> people = elsewhere.map(People::new);
    Auth auth = new Auth(parts.keys(), parts.sessions(), people.orElse(null), parts.time());
    Gate gate = new Gate(auth, parts.audit(), parts.time(), settings);
    Changes changes = new Changes(parts.audit(), parts.idempotency(), parts.keyring());
    SealedTokens tokens = new SealedTokens(seal, parts.time());
    Map<String, Action> actions =
        new Scoped(
                parts.views(),
                parts.subtrees(),
                parts.store()::holds,
                parts.store()::bulks,
                parts.audit(),
                tokens,
                parts.time())
            .all(contract, actions(contract, auth));
    SignIn signIn = new SignIn(gate, changes, parts.sessions(), parts.time());
    PageAnswers answers = new PageAnswers(contract, actions);
    PageExchange pages = new PageExchange(gate, signIn);
    PageActs acts = new PageActs(answers, pages, changes, parts.time());
    EventStreams followed =
        new EventStreams(parts.events(), parts.queue(), parts.time(), settings.heartbeat());
    streams = followed;
    Gauge.builder("toygun_event_streams", followed, EventStreams::size)
        .description("callers who follow events")
        .register(parts.metrics());
    ApiRouter router =
        new ApiRouter(
            parts.time(),
            gate,
            changes,
            followed,
            new PageRoutes(
                answers,
                pages,
                acts,
                signIn,
                elsewhere.flatMap(
                    one ->
                        Optional.ofNullable(one.settings().url())
                            .map(
                                url ->
                                    new SignInElsewhere(
                                        one,
                                        people.orElseThrow(),
                                        url,
                                        signIn,
                                        pages,
                                        seal,
                                        parts.time())))),
            pages,
            settings
                .slack()
                .map(
                    slack ->
                        new SlackRoutes(
                            slack,
                            new SlackAsks(slack, answers, gate, changes),
                            new SlackAnswers(
                                slack, parts.sinks(), SlackAnswers.WAITS, settings.requestTime()),
                            parts.time())),
            new RequestSpans(parts.spans(), parts.time()),
            parts.metrics(),
            settings);
    Ports ports = new Ports(vertx, settings.host());
    vertx.setPeriodic(PURGE_EVERY.toMillis(), tick -> purge());
    return ports
        .listen(router.router(vertx, contract, actions), settings.port(), "TOYGUN_PORT")
        .compose(
            listening -> {
              api = listening;
              return settings.metricsPort() < 0
                  ? Future.succeededFuture()
                  : ports
                      .metrics(parts.metrics(), settings.metricsPort())
                      .onSuccess(scraped -> metrics = scraped)
                      .mapEmpty();
            });
  }

  private Map<String, Action> actions(Contract contract, Auth auth) {
    Time time = parts.time();
    FieldSeal seal = new FieldSeal(parts.keyring());
    Fields fields = new Fields(seal, time);
    MachineShow show = new MachineShow(fields, time);
    Types types = new Types(parts.views(), time, new TypeShow());
    HoldShow held = new HoldShow(parts.store()::holds, parts.views());
    Resources resources =
        new Resources(
            types, parts.store(), parts.views(), parts.subtrees(), fields, show, held, time);
    Rewinds rewinds = new Rewinds(parts.views());
    Signals signals = new Signals(parts.operations(), fields, time);
    Plans plans = new Plans(resources, parts.views());
    Tasks tasks = new Tasks(types, resources, parts.views(), show);
    ResourceChanges changes =
        new ResourceChanges(
            types,
            resources,
            parts.store(),
            parts.operations(),
            fields,
            rewinds,
            signals,
            plans,
            time);
    TaskChanges taskChanges = new TaskChanges(tasks, parts.operations(), rewinds, signals);
    History history = new History(parts.views(), parts.subtrees(), resources, tasks);
    RepairShow repairs = new RepairShow(new RepairOperations(parts.store().repairs(), time::uuid));
    Alarms alarms =
        new Alarms(parts.views(), parts.subtrees(), parts.alarms(), history, repairs, time);
    Holds holds = new Holds(held, parts.alarms(), resources, types, time);
    Breakers breakers = new Breakers(new BreakerOperations(parts.store().breakers(), time::uuid));
    BulkRuns bulks = new BulkRuns(types, parts.store()::bulks, fields, time);
    Queues queues = new Queues(parts.queue(), parts.store(), parts.views(), time);
    Explain explain =
        new Explain(resources, tasks, types, parts.views(), parts.explanations(), parts.leases());
    AvailabilityShow availability = new AvailabilityShow(resources, types, parts.uptimes());
    Keys keys = new Keys(parts.keys(), parts.views(), auth, time);
    SinkChanges sinks =
        new SinkChanges(parts.alarmSinks(), parts.sinks(), types, new Roots(parts.views()), time);
    Deliveries deliveries = new Deliveries(parts.views(), parts.outbox());
    Reveal reveal = new Reveal(types, seal, parts.audit(), time);
    Readiness readiness = new Readiness(parts.needs(), time);

    Map<String, Action> actions = new HashMap<>();
    actions.put("health", readiness::health);
    actions.put("ready", readiness::ready);
    actions.put("contract", call -> Future.succeededFuture(Answer.ok(contract.document())));
    actions.put("listTypes", types::list);
    actions.put("getType", types::get);
    actions.put("listResources", resources::list);
    actions.put("getResource", resources::get);
    actions.put("createResource", changes::create);
    actions.put("changeResource", changes::change);
    actions.put("planResource", plans::plan);
    actions.put("deleteResource", changes::delete);
    actions.put("rewindResource", changes::rewind);
    actions.put("retryResource", changes::retry);
    actions.put("restartResource", changes::restart);
    actions.put("tickResource", changes::tick);
    actions.put("signalResource", changes::signal);
    actions.put("revealResource", reveal.ofResource(resources));
    actions.put("resourceHistory", history::ofResource);
    actions.put("resourceTree", new Trees(resources, parts.views(), held)::tree);
    actions.put("listTasks", tasks::list);
    actions.put(
        "startTask", new TaskStarts(types, resources, tasks, parts.operations(), fields, time));
    actions.put("listRuns", new AllRuns(parts.runs())::list);
    actions.put("getTask", tasks::get);
    actions.put("taskHistory", history::ofTask);
    actions.put("stopTask", taskChanges::stop);
    actions.put("abortTask", taskChanges::abort);
    actions.put("approveTask", taskChanges::approve);
    actions.put("retryTask", taskChanges::retry);
    actions.put("rewindTask", taskChanges::rewind);
    actions.put("signalTask", taskChanges::signal);
    actions.put("revealTask", reveal.ofTask(tasks));
    actions.put("listErrors", history::errors);
    actions.put("getError", history::error);
    actions.put("listErrorGroups", history::errorGroups);
    actions.put("listAlarms", alarms::list);
    actions.put("getAlarm", alarms::get);
    actions.put("alarmHistory", alarms::moves);
    actions.put("acknowledgeAlarm", alarms::acknowledge);
    actions.put("snoozeAlarm", alarms::snooze);
    actions.put("liftAlarm", alarms::lift);
    actions.put("closeAlarm", alarms::close);
    actions.put("ignoreAlarm", alarms::ignore);
    actions.put("unignoreAlarm", alarms::unignore);
    actions.put("listRepairs", repairs::list);
    actions.put("promoteRepair", repairs::promote);
    actions.put("listHolds", holds::list);
    actions.put("createHold", holds::create);
    actions.put("releaseHold", holds::release);
    actions.put("holdResource", holds::ofResource);
    actions.put("listBreakers", breakers::list);
    actions.put("openBreaker", breakers::open);
    actions.put("closeBreaker", breakers::close);
    actions.put("releaseResource", holds::releaseResource);
    actions.put("abandonResource", holds::abandon);
    actions.put("listBulks", bulks::list);
    actions.put("createBulk", bulks::create);
    actions.put("getBulk", bulks::get);
    actions.put("listBulkItems", bulks::items);
    actions.put("pauseBulk", call -> bulks.command(call, Bulk.Command.PAUSE));
    actions.put("resumeBulk", call -> bulks.command(call, Bulk.Command.RESUME));
    actions.put("cancelBulk", call -> bulks.command(call, Bulk.Command.CANCEL));
    actions.put("listQueues", queues::list);
    actions.put("listWorkers", queues::workers);
    actions.put("getUsage", new UsageShow(parts.store().usages(), parts.views())::report);
    actions.put("explainResource", explain::resource);
    actions.put("explainTask", explain::task);
    actions.put("getAvailability", availability::resource);
    actions.put("listSinks", sinks::list);
    actions.put("createSink", sinks::create);
    actions.put("getSink", sinks::get);
    actions.put("changeSink", sinks::change);
    actions.put("deleteSink", sinks::delete);
    actions.put("testSink", sinks::test);
    actions.put("listDeliveries", deliveries::list);
    actions.put("getDelivery", deliveries::get);
    actions.put("retryDelivery", deliveries::retry);
    actions.put("listAudit", new AuditLog(parts.audit())::list);
    actions.put("listKeys", keys::list);
    actions.put("createKey", keys::create);
    actions.put("revokeKey", keys::revoke);
    new Parents(parts.views()).addTo(actions);
    return actions;
  }

  private void purge() {
    parts
        .idempotency()
        .purge()
        .onFailure(e -> LOG.warn("old Idempotency-Keys were not taken out: {}", e.toString()));
    parts
        .sessions()
        .purge()
        .onFailure(e -> LOG.warn("old sessions were not taken out: {}", e.toString()));
  }

  /** Takes no more requests, and gives those under way some time to end. */
  @Override
  public Future<?> stop() {
    if (streams != null) {
      streams.close();
    }
    SignOn provider = signOn;
    return Ports.closed(api)
        .compose(done -> Ports.closed(metrics))
        .compose(done -> provider == null ? Future.succeededFuture() : provider.close());
  }
}
