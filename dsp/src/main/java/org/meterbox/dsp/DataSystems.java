// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.access.Targets;
import org.meterbox.dsp.anomaly.AnomalyDetection;
import org.meterbox.dsp.anomaly.AnomalyOrders;
import org.meterbox.dsp.answers.AnswerWriter;
import org.meterbox.dsp.broker.AccessControlBroker;
import org.meterbox.dsp.broker.DccPartyKeys;
import org.meterbox.dsp.broker.ReservedCounter;
import org.meterbox.dsp.certificates.TrustedCertificates;
import org.meterbox.dsp.commands.CommandPolicy;
import org.meterbox.dsp.commands.CustomerNumbers;
import org.meterbox.dsp.commands.StoredCommandFacts;
import org.meterbox.dsp.coverage.WanCoverage;
import org.meterbox.dsp.delivery.Courier;
import org.meterbox.dsp.delivery.DeliveryLedger;
import org.meterbox.dsp.delivery.HttpUserServer;
import org.meterbox.dsp.dispatch.Dispatcher;
import org.meterbox.dsp.estate.ConsequenceWriter;
import org.meterbox.dsp.estate.DeviceJoins;
import org.meterbox.dsp.estate.EstateFactsLoader;
import org.meterbox.dsp.estate.EstateTimers;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.dsp.health.Health;
import org.meterbox.dsp.health.Readiness;
import org.meterbox.dsp.health.StoreProbe;
import org.meterbox.dsp.intake.DeviceCommands;
import org.meterbox.dsp.intake.HeldRequests;
import org.meterbox.dsp.intake.Intake;
import org.meterbox.dsp.intake.RequestFactsLoader;
import org.meterbox.dsp.intake.ScheduleRuns;
import org.meterbox.dsp.inventory.DeviceLogs;
import org.meterbox.dsp.inventory.Inventory;
import org.meterbox.dsp.inventory.InventorySearch;
import org.meterbox.dsp.inventory.MeterPointRegister;
import org.meterbox.dsp.limits.InFlightQuota;
import org.meterbox.dsp.registration.RegistrationData;
import org.meterbox.dsp.registration.RegistrationImport;
import org.meterbox.dsp.requests.CommandLedger;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.schedules.ScheduleLedger;
import org.meterbox.dsp.timers.Timer;
import org.meterbox.dsp.timers.Timers;
import org.meterbox.dsp.uplink.Authenticity;
import org.meterbox.dsp.uplink.DeviceMessageLedger;
import org.meterbox.dsp.uplink.DeviceMessages;
import org.meterbox.dsp.uplink.ResponseConsequences;
import org.meterbox.dsp.uplink.ReturnedResponses;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.store.Store;
import org.meterbox.wan.DeliveryReports;
import org.meterbox.wan.SmWan;
import org.meterbox.wan.Uplink;

/**
 * The DCC Data Systems, put together. First they are assembled, which gives the SM WAN its upper
 * end; then they are opened with the SM WAN, which sends again what was under way and lets users
 * in.
 *
 * <pre>{@code
 * DataSystems dsp = DataSystems.assemble(configuration, ports);
 * InProcessWan wan = InProcessWan.start(coverage, dsp.uplink(), dsp.deliveryReports(), ...);
 * dsp.open(wan);
 * }</pre>
 */
public final class DataSystems implements AutoCloseable {
  private static final String SCHEMA = "dsp";
  private static final String MIGRATIONS = "org/meterbox/dsp/schema";

  /** How often requests and notices are looked after whose time has come. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** How often devices and hubs are looked after whose time is over. */
  private static final Duration LOOK_AT_DEVICES_EVERY = Duration.ofMinutes(1);

  /** How often counts of requests are dropped that nothing reaches any more. */
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final DspConfiguration configuration;
  private final DspPorts ports;
  private final UserDirectory users;
  private final Inventory inventory;
  private final DeviceLogs deviceLogs;
  private final RegistrationData registrations;
  private final MeterPointRegister meterPoints;
  private final EstateTimers estateTimers;
  private final HttpUserServer userServer;
  private final Courier courier;
  private final Dispatcher dispatcher;
  private final DeviceMessages deviceMessages;
  private final Intake intake;
  private final HeldRequests heldRequests;
  private final ScheduleRuns scheduleRuns;
  private final AnomalyDetection anomalyDetection;
  private final AnomalyOrders anomalyOrders;
  private final Timers timers;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health();
  private Optional<Gateway> gateway = Optional.empty();

  private DataSystems(DspConfiguration configuration, DspPorts ports) {
    this.configuration = configuration;
    this.ports = ports;
    Store store = ports.store();
    InstantSource clock = ports.clock();
    TrustedCertificates certificates =
        new TrustedCertificates(ports.certificates(), clock, configuration.certificateDatesCount());
    AccessControlBroker broker = new AccessControlBroker(ports.keys(), certificates);
    deviceLogs = new DeviceLogs(store);
    CustomerNumbers customerNumbers = new CustomerNumbers(store, ports.random());
    inventory = new Inventory(store);
    CommandPolicy policy =
        new CommandPolicy(
            DccPartyKeys.of(ports.keys(), broker, store, clock),
            new StoredCommandFacts(inventory, certificates, deviceLogs, customerNumbers),
            clock);
    AnswerWriter answers =
        new AnswerWriter(ports.keys(), new ReservedCounter(store, "dcc-alert", clock));
    DuisReader reader = new DuisReader();
    RequestTimes times = configuration.requestTimes();
    RequestLedger requests = new RequestLedger(store);
    CommandLedger commands = new CommandLedger(store);
    ScheduleLedger schedules = new ScheduleLedger(store, reader, times.scheduleSpread());
    users = UserDirectory.open(store);
    registrations = new RegistrationData(store);
    InventorySearch search = new InventorySearch(store);
    meterPoints = new MeterPointRegister(store);
    DeviceJoins joins = new DeviceJoins(store);
    ConsequenceWriter consequences = new ConsequenceWriter(answers, times);
    ResponseConsequences meanings =
        new ResponseConsequences(
            requests, schedules, inventory, joins, registrations, users, reader);
    Authenticity authenticity = new Authenticity(broker, certificates);
    userServer = new HttpUserServer(ports.callingTls(), configuration.deliveryPlan().attemptWait());
    courier = courier(store, clock);
    InFlightQuota quota = new InFlightQuota(configuration.inFlightLimits());
    dispatcher =
        new Dispatcher(commands, configuration.retryPlan(), times, answers, courier, quota, clock);
    RequestFactsLoader facts =
        new RequestFactsLoader(
            users,
            new Targets(store),
            requests,
            new EstateFactsLoader(
                inventory,
                search,
                meterPoints,
                registrations,
                schedules,
                requests,
                certificates,
                WanCoverage.standard(),
                ports.keys().id()),
            new ReturnedResponses(commands, authenticity, meanings),
            schedules,
            ports.keys().id());
    DeviceCommands deviceCommands = new DeviceCommands(policy, configuration.retryPlan());
    anomalyDetection = new AnomalyDetection(store);
    heldRequests =
        new HeldRequests(
            requests,
            facts,
            deviceCommands,
            reader,
            answers,
            dispatcher,
            courier,
            times,
            anomalyDetection,
            clock);
    XmlVerifier verifier = new XmlVerifier(certificates);
    anomalyOrders =
        new AnomalyOrders(
            store,
            verifier,
            users,
            requests,
            anomalyDetection,
            times,
            ports.keys().id(),
            clock,
            heldRequests::wakeUp);
    scheduleRuns =
        new ScheduleRuns(
            schedules, requests, facts, deviceCommands, answers, dispatcher, courier, times, clock);
    deviceMessages =
        new DeviceMessages(
            new DeviceMessageLedger(store),
            commands,
            requests,
            meanings,
            consequences,
            authenticity,
            inventory,
            registrations,
            users,
            deviceLogs,
            customerNumbers,
            answers,
            dispatcher,
            courier,
            times,
            clock,
            heldRequests::wakeUp,
            disposition ->
                meters
                    .counter("dsp.uplink.messages", "disposition", disposition.name())
                    .increment());
    intake =
        new Intake(
            reader,
            verifier,
            users,
            facts,
            deviceCommands,
            requests,
            times,
            anomalyDetection,
            answers,
            consequences,
            dispatcher,
            courier,
            heldRequests::wakeUp,
            quota,
            clock);
    estateTimers = new EstateTimers(store, joins, search, consequences, courier::push, clock);
    timers = timers(store, clock);
    health.add("store", new StoreProbe(store, clock));
    health.add("timers", timers::readiness, timers.faults());
    health.add("deliveries", Readiness.Ready::new, courier.faults());
    health.add("held-requests", Readiness.Ready::new, heldRequests.faults());
    health.add("schedules", Readiness.Ready::new, scheduleRuns.faults());
    Gauge.builder("dsp.requests.in.flight", dispatcher, Dispatcher::inFlight).register(meters);
  }

  private Courier courier(Store store, InstantSource clock) {
    return new Courier(
        new DeliveryLedger(store),
        users,
        userServer,
        configuration.deliveryPlan(),
        clock,
        System::nanoTime,
        meters);
  }

  private Timers timers(Store store, InstantSource clock) {
    return Timers.of(
        store,
        clock,
        List.of(
            new Timer("requests-due", LOOK_EVERY, this::lookAfterRequests),
            new Timer("schedules-due", LOOK_EVERY, scheduleRuns::runDue),
            new Timer("devices-due", LOOK_AT_DEVICES_EVERY, estateTimers::lookAfterDue),
            new Timer("notices-due", LOOK_EVERY, courier::pushDue),
            new Timer(
                "anomaly-counts",
                FORGET_EVERY,
                () -> anomalyDetection.forgetOldCounts(clock.instant()))));
  }

  /** Brings the store up to date and puts everything together; nobody is let in yet. */
  public static DataSystems assemble(DspConfiguration configuration, DspPorts ports) {
    ports.store().migrate(SCHEMA, MIGRATIONS);
    return new DataSystems(configuration, ports);
  }

  /**
   * Takes in files of registration data without a running DSP. Brings the store up to date.
   *
   * @param store the DSP's store
   */
  public static RegistrationImport registrationImport(Store store, InstantSource clock) {
    store.migrate(SCHEMA, MIGRATIONS);
    return new RegistrationImport(store, UserDirectory.open(store), clock);
  }

  /** Where the SM WAN brings what devices send. */
  public Uplink uplink() {
    return deviceMessages;
  }

  /** Where the SM WAN reports the delivery of what it took. */
  public DeliveryReports deliveryReports() {
    return dispatcher;
  }

  /** The DCC Users. */
  public UserDirectory users() {
    return users;
  }

  /** Where signed files with thresholds and orders about quarantined requests go. */
  public AnomalyOrders anomalyOrders() {
    return anomalyOrders;
  }

  /** The Smart Metering Inventory. */
  public Inventory inventory() {
    return inventory;
  }

  /** The last logs that hubs reported. */
  public DeviceLogs deviceLogs() {
    return deviceLogs;
  }

  /** Where meter points are. */
  public MeterPointRegister meterPoints() {
    return meterPoints;
  }

  /** The registration data. */
  public RegistrationData registrations() {
    return registrations;
  }

  /** Sends and pushes again what was under way when the DSP ended, then lets users in. */
  public void open(SmWan wan) {
    dispatcher.connect(wan);
    courier.resume();
    timers.start();
    gateway =
        Optional.of(
            Gateway.open(
                configuration.secure(),
                configuration.plain(),
                configuration.management(),
                ports.listeningTls(),
                ports.revocation(),
                configuration.connections(),
                intake,
                anomalyOrders,
                meters,
                health));
  }

  /** The listeners, once they are open. */
  public Gateway gateway() {
    return gateway.orElseThrow(() -> new IllegalStateException("the DSP is not open yet"));
  }

  /**
   * Looks after requests and notices whose time has come. Timers do so every few seconds; whoever
   * has just moved the clock may not want to wait for them.
   */
  public void lookAfterDue() {
    lookAfterRequests();
    scheduleRuns.runDue();
    estateTimers.lookAfterDue();
    courier.pushDue();
  }

  /**
   * To be called once the clock was set back while the DSP runs: its timers, notices and commands
   * do not wait for the time that the clock showed before.
   */
  public void clockWentBack() {
    courier.clockWentBack();
    dispatcher.clockWentBack();
    timers.setBack();
  }

  private void lookAfterRequests() {
    dispatcher.lookAfterDue();
    heldRequests.lookAfterDue();
  }

  /** Readiness of each part; whoever assembles the system adds the parts around the DSP. */
  public Health health() {
    return health;
  }

  /** Lets nobody in any more and stops; what is under way stays in the store. */
  @Override
  public void close() {
    gateway.ifPresent(Gateway::close);
    timers.close();
    heldRequests.close();
    anomalyDetection.close();
    courier.close();
    userServer.close();
    meters.close();
  }
}
