// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.meterbox.adapter.certificates.SmkiRepositoryClient;
import org.meterbox.adapter.certificates.TrustedAuthorities;
import org.meterbox.adapter.receiving.Mailbox;
import org.meterbox.adapter.receiving.ResponseReceiver;
import org.meterbox.adapter.requests.DccUser;
import org.meterbox.adapter.service.Adapter;
import org.meterbox.adapter.service.AdapterSettings;
import org.meterbox.app.boxed.ClientToolService;
import org.meterbox.app.boxed.OrganisationKeysArchive;
import org.meterbox.app.homecontrol.HomeClock;
import org.meterbox.app.homecontrol.HomeControlServer;
import org.meterbox.app.system.SystemConfiguration.Boxed;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.machine.DeviceObserver;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.FileDeviceMemory;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.premises.Premises;
import org.meterbox.devices.premises.PremisesPlan;
import org.meterbox.devices.premises.PremisesPlan.ElectricityMeter;
import org.meterbox.devices.premises.PremisesPlan.GasMeter;
import org.meterbox.dsp.DataSystems;
import org.meterbox.dsp.DspConfiguration;
import org.meterbox.dsp.DspPorts;
import org.meterbox.dsp.delivery.DeliveryPlan;
import org.meterbox.dsp.gateway.Listener;
import org.meterbox.dsp.health.Health;
import org.meterbox.dsp.health.Readiness;
import org.meterbox.dsp.limits.InFlightLimits;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.RetryPlan;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ListenException;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.portal.operations.OperationsService;
import org.meterbox.portal.operations.OperationsSources;
import org.meterbox.portal.page.PageStore;
import org.meterbox.portal.smki.service.SmkiService;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.dccki.TlsContexts;
import org.meterbox.smki.dccki.TlsIssuer;
import org.meterbox.smki.keystore.PublishedKeyStore;
import org.meterbox.smki.query.RepositoryQuery;
import org.meterbox.smki.query.RepositoryQueryRoutes;
import org.meterbox.smki.repository.DateRule;
import org.meterbox.smki.revocation.RevocationListTimer;
import org.meterbox.smki.vault.KeyVault;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;
import org.meterbox.store.StoreException;
import org.meterbox.wan.Coverage;
import org.meterbox.wan.HubLink;
import org.meterbox.wan.InProcessWan;
import org.meterbox.wan.WanLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system in one JVM: PostgreSQL, key infrastructures, DSP, SM WAN, the first home, and
 * the participants' receivers. What it has acknowledged survives the end of its process at any
 * moment.
 */
public final class MeterboxSystem implements AutoCloseable {
  /** The name of a user's TLS client key in its vault. */
  public static final String CLIENT_TLS_KEY = "tls-client";

  /** How long the first home has drawn electricity and gas when it is first switched on. */
  private static final Duration LIVED_IN = Duration.ofDays(400);

  /** Less than the ten seconds of one push. */
  private static final Duration ADAPTER_START_MAX = Duration.ofSeconds(8);

  private static final Logger LOG = LoggerFactory.getLogger(MeterboxSystem.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final String SERVER_TLS_KEY = "tls-server";

  /** What must be ended, the last begun first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final SystemConfiguration configuration;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<Participant, ResponseReceiver> receivers = new HashMap<>();

  private final FaultCount revocationListFaults;
  private final Store store;
  private final KeyInfrastructure keys;
  private final Enrolment enrolment;
  private final Identities identities;
  private final Optional<PublishedKeyStore> published;
  private final WebServer repositoryServer;
  private final SmkiService portal;
  private final DataSystems dsp;
  private final InProcessWan wan;
  private final HomeClock homeClock;
  private final Premises premises;
  private final CompletableFuture<Adapter> adapterStarted = new CompletableFuture<>();
  private final Adapter adapter;
  private final ResponseAddresses responseAddresses;
  private final Optional<WebServer> clientTools;
  private final OperationsService operations;

  private MeterboxSystem(
      SystemConfiguration configuration, InstantSource clock, SystemObserver observer)
      throws IOException, MemoryFailureException {
    this.configuration = configuration;
    this.clock = clock;
    revocationListFaults = new FaultCount(clock);
    boolean complete = false;
    try {
      DataDirectory data = configuration.data();
      data.create();
      store = closing(Store.open(storeConfiguration()));
      progress("opening the key infrastructures (SMKI, DCCKI)");
      keys = new KeyInfrastructure(data, store, clock, random);
      enrolment = keys.enrolment();
      keepRevocationListsFresh();
      published = published();
      identities = identities();
      repositoryServer = openRepository();
      portal = closing(keys.openPortal(binding(), configuration.ports().portal()));
      progress("opening the DCC Data Systems");
      dsp = closing(DataSystems.assemble(dspConfiguration(), dspPorts()));
      Coverage coverage = new Coverage();
      wan =
          closing(
              InProcessWan.start(
                  coverage,
                  observer.watching(dsp.uplink()),
                  dsp.deliveryReports(),
                  clock,
                  WanLimits.STANDARD));
      progress("switching on the home");
      homeClock = HomeClock.open(clock, data.homeClock());
      premises = switchOn(observer.devices());
      openReceivers();
      responseAddresses =
          ResponseAddresses.open(
              data.responseAddresses(), receiverAddresses(), configuration.receivers().keySet());
      new World(dsp, clock, configuration.meter()).settle(responseAddresses.all());
      responseAddresses.connect(dsp.users(), this::writeAddresses);
      HubLink link = HubOnWan.connect(premises.hub(), coverage, wan);
      open.push(link);
      watchHealth();
      dsp.open(observer.watching(wan));
      clientTools = openClientTools();
      operations = closing(openOperations());
      adapter = closing(openAdapter());
      dsp.health().add("adapter", Readiness.Ready::new, adapter.faults());
      adapterStarted.complete(adapter);
      HomeTimer _ =
          closing(
              HomeTimer.start(
                  premises, fault -> progress("time stands still at home: " + fault.getMessage())));
      HomeControlServer _ =
          closing(HomeControlServer.open(premises, homeClock, data.homeControl(), random));
      addresses().write(data.addresses());
      closing(clockWatch()).start();
      open.push(this::forgetAddresses);
      complete = true;
    } finally {
      if (!complete) {
        // What was opened before a later part failed would hold its files, ports and processes.
        close();
      }
    }
  }

  /**
   * Starts everything; a later start with the same data goes on where the earlier one ended.
   *
   * <p>Where a part cannot be started, those before it are closed again.
   *
   * @throws IOException where files cannot be used
   * @throws ListenException where a port or an address cannot be used
   * @throws MemoryFailureException where a device's memory cannot be read
   */
  public static MeterboxSystem start(
      SystemConfiguration configuration, InstantSource clock, SystemObserver observer)
      throws IOException, MemoryFailureException {
    return new MeterboxSystem(configuration, clock, observer);
  }

  /** How to reach it. */
  public Addresses addresses() {
    Map<String, URI> byName = new HashMap<>();
    // Only the receivers of this system's own answer questions about what they received.
    receivers.forEach((participant, receiver) -> {
      if (responseAddresses.of(participant).equals(Optional.of(receiver.address()))) {
        byName.put(participant.name(), receiver.address());
      }
    });
    return new Addresses(
        Binding.uri("https", binding().users(), dsp.gateway().securePort()),
        repositoryAddress(),
        Binding.uri("https", binding().users(), portal.port()),
        Binding.uri("http", binding().operators(), dsp.gateway().managementPort()),
        Binding.uri("http", binding().operators(), operations.port()),
        byName);
  }

  /** What a participant works with, inside this process. */
  public UserDesk desk(Participant participant) {
    return UserDesk.open(
        identities.user(participant),
        addresses().gateway(),
        repositoryAddress(),
        trusted(),
        Optional.of(clientTls(participant)),
        clock);
  }

  /** What a participant received. */
  public Mailbox mailbox(Participant participant) {
    ResponseReceiver receiver = receivers.get(participant);
    if (receiver == null) {
      throw new IllegalArgumentException(participant.name() + " receives elsewhere");
    }
    return receiver.mailbox();
  }

  /** The adapter's JSON service. */
  public URI adapter() {
    return URI.create("http://" + LOOPBACK + ":" + adapter.port());
  }

  /** The home. */
  public Premises premises() {
    return premises;
  }

  /** The time in the home. */
  public HomeClock homeClock() {
    return homeClock;
  }

  /** What the DSP is made of, for whoever administers it. */
  public DataSystems dsp() {
    return dsp;
  }

  /** Where client tools fetch the organisations' keys and set response addresses, if anywhere. */
  public Optional<URI> clientTools() {
    return clientTools.map(server -> URI.create("http://127.0.0.1:" + server.port()));
  }

  /**
   * Completes when the database ended and could not be started again. Nothing works then; whoever
   * started the system ends it and says why.
   */
  public CompletionStage<StoreException> databaseLost() {
    return store.lost();
  }

  /** Which database it runs on. */
  public String databaseDescription() {
    return store.description();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // The edge of the process: what else is open still has to be closed.
        progress("while closing: " + e);
      }
    }
  }

  /** Nobody is to look for this system any more. */
  private void forgetAddresses() throws IOException {
    Files.deleteIfExists(configuration.data().addresses());
  }

  private StoreConfiguration storeConfiguration() {
    return configuration
        .databaseUrl()
        .map(url -> StoreConfiguration.external(url, configuration.progress()))
        .orElseGet(() ->
            StoreConfiguration.embedded(configuration.data().store(), configuration.progress()));
  }

  /** The published keys, also put where {@link PublishedIdentities#of} finds them. */
  private Optional<PublishedKeyStore> published() throws IOException {
    Path copy = configuration.data().publishedKeys();
    if (configuration.boxed().isEmpty()) {
      Files.deleteIfExists(copy);
      return Optional.empty();
    }
    Path given = configuration.boxed().get().keyStore();
    PublishedKeyStore read = PublishedKeyStore.read(given);
    if (!given.toAbsolutePath().normalize().equals(copy)) {
      Files.copy(given, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return Optional.of(read);
  }

  private Identities identities() {
    if (published.isEmpty()) {
      return new EnrolledIdentities(enrolment, keys.repository(), configuration.data());
    }
    published.get().publishTo(keys.repository());
    return new PublishedIdentities(published.get());
  }

  private ClockWatch clockWatch() {
    return ClockWatch.of(
        configuration.data().lastSeenTime(),
        clock,
        System::nanoTime,
        jump -> {
          LOG.warn(jump);
          progress(jump);
        },
        dsp::clockWentBack);
  }

  private void writeAddresses() {
    try {
      addresses().write(configuration.data().addresses());
    } catch (IOException e) {
      throw new UncheckedIOException("the addresses cannot be noted", e);
    }
  }

  /** What client tools expect beside the DUIS services, on a port of its own. */
  private Optional<WebServer> openClientTools() throws IOException {
    if (configuration.boxed().isEmpty() || published.isEmpty()) {
      return Optional.empty();
    }
    int port = keysPort(configuration.boxed().get());
    ClientToolService service =
        new ClientToolService(OrganisationKeysArchive.of(published.get()), responseAddresses);
    WebServer server =
        WebServer.builder()
            .host(LOOPBACK)
            .port(port)
            .maxPayloadSize(ClientToolService.ADDRESS_OCTETS_MAX)
            .shutdownHook(false)
            .routing(HttpRouting.builder().register(service))
            .build()
            .start();
    open.push(server::stop);
    return Optional.of(server);
  }

  private int keysPort(Boxed boxed) throws IOException {
    if (boxed.keysPort().isPresent()) {
      requireFree(boxed.keysPort().get());
      return boxed.keysPort().get();
    }
    try {
      requireFree(Boxed.KEYS_PORT);
      return Boxed.KEYS_PORT;
    } catch (IOException notFree) {
      progress(
          String.format(
              Locale.ROOT,
              "client tools look for the organisations' keys on port %d, but %s; they are on port %d",
              Boxed.KEYS_PORT,
              notFree.getMessage(),
              Boxed.KEYS_PORT_ELSE));
      requireFree(Boxed.KEYS_PORT_ELSE);
      return Boxed.KEYS_PORT_ELSE;
    }
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException notFree) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "port %d cannot be used (%s): see --boxed-keys-port",
              port,
              notFree.getMessage()),
          notFree);
    }
  }

  /** The first lists come at once, and each later one before the one in force ends. */
  private void keepRevocationListsFresh() {
    RevocationListTimer _ =
        closing(
            RevocationListTimer.start(
                keys.revocationLists(),
                RevocationListTimer.PERIOD,
                list ->
                    keys.audit()
                        .append(
                            "SMKI",
                            AuditAction.REVOCATION_LIST_SIGNED,
                            String.format(
                                Locale.ROOT,
                                "number %d of %s, %d entries",
                                list.number(),
                                list.issuer(),
                                list.entries())),
                fault -> {
                  revocationListFaults.add(fault);
                  progress("revocation lists were not signed: " + fault.getMessage());
                }));
  }

  /** The parts around the DSP, beside its own. */
  private void watchHealth() {
    Health health = dsp.health();
    health.add("wan", Readiness.Ready::new, wan.faults());
    health.add(
        "repository",
        () ->
            repositoryServer.isRunning()
                ? new Readiness.Ready()
                : new Readiness.NotReady("it does not listen"));
    health.add("batches", Readiness.Ready::new, portal.batchFaults());
    health.add("revocation-lists", Readiness.Ready::new, revocationListFaults);
  }

  private WebServer openRepository() {
    DateRule dates = configuration.boxed().isPresent() ? DateRule.IGNORED : DateRule.ENFORCED;
    RepositoryQuery query =
        new RepositoryQuery(
            keys.repository(),
            clock,
            dates,
            published.map(PublishedKeyStore::workedWith).orElse(Set.of()));
    WebServer server =
        WebServer.builder()
            .host(Binding.text(binding().users()))
            .port(configuration.ports().repository())
            .shutdownHook(false)
            .routing(HttpRouting.builder().register(new RepositoryQueryRoutes(query)))
            .build()
            .start();
    open.push(server::stop);
    if (!server.isRunning()) {
      throw ListenException.diagnose(
          List.of(new InetSocketAddress(binding().users(), configuration.ports().repository())));
    }
    return server;
  }

  private URI repositoryAddress() {
    return Binding.uri("http", binding().users(), repositoryServer.port());
  }

  private RequestTimes requestTimes() {
    return configuration.boxed().isPresent()
        ? RequestTimes.STANDARD.withHorizon(Boxed.DATED_AHEAD_MAX)
        : RequestTimes.STANDARD;
  }

  private DspConfiguration dspConfiguration() {
    return new DspConfiguration(
        listener(binding().users(), configuration.ports().gateway()),
        configuration.boxed().map(boxed -> listener(binding().users(), boxed.port())),
        listener(binding().operators(), configuration.ports().management()),
        configuration.boxed().isEmpty(),
        RetryPlan.STANDARD,
        DeliveryPlan.STANDARD,
        requestTimes(),
        configuration.connections(),
        InFlightLimits.STANDARD);
  }

  private static Listener listener(InetAddress address, int port) {
    return new Listener(Binding.text(address), port);
  }

  private Binding binding() {
    return configuration.binding();
  }

  private DspPorts dspPorts() throws IOException {
    KeyVault vault = enrolment.centralVault(configuration.data());
    List<X509Certificate> roots = List.of(keys.authorities().dcckiRoot().certificate());
    SSLContext listening =
        TlsContexts.context(
            enrolment
                .tls()
                .server(
                    vault,
                    SERVER_TLS_KEY,
                    CentralParties.ACCESS_CONTROL_BROKER,
                    binding().certificateHosts()),
            roots);
    SSLContext calling =
        TlsContexts.context(
            enrolment.tls().client(vault, CLIENT_TLS_KEY, CentralParties.ACCESS_CONTROL_BROKER),
            roots);
    return new DspPorts(
        store,
        keys.repository(),
        identities.broker(),
        listening,
        keys.tlsRevocation(clock),
        calling,
        clock,
        random);
  }

  /** For whoever reads health and metrics too, and like them without asking who that is. */
  private OperationsService openOperations() throws IOException {
    OperationsSources sources =
        new OperationsSources(
            PageStore.open(store), dsp.health(), keys.repository(), this::electricityMeter, clock);
    return OperationsService.open(
        sources,
        Binding.text(binding().operators()),
        configuration.ports().operations(),
        binding().operatorHosts());
  }

  private Optional<EsmeState> electricityMeter(Eui64 id) throws MemoryFailureException {
    Optional<StoredDevice<EsmeState>> meter = premises.electricityMeter(id);
    return meter.isPresent() ? Optional.of(meter.get().state().function()) : Optional.empty();
  }

  private TrustedAuthorities trusted() {
    return new TrustedAuthorities(keys.issuingAuthorities(), identities.pinned(), clock);
  }

  private Premises switchOn(DeviceObserver observer) throws MemoryFailureException {
    Home home = Home.FIRST;
    DeviceFactory factory =
        new DeviceFactory(
            enrolment.issuer(), identities, keys.authorities().rootOca().certificate(), random);
    return Premises.switchOn(
        new PremisesPlan(
            home.hub(),
            home.gasProxy(),
            List.of(
                new ElectricityMeter(
                    home.electricityMeter(),
                    configuration.meter(),
                    home.electricityMeter().value(),
                    homeClock.instant().minus(LIVED_IN))),
            Optional.of(
                new GasMeter(
                    home.gasMeter(),
                    home.mprn(),
                    home.gasMeter().value(),
                    homeClock.instant().minus(LIVED_IN)))),
        device ->
            new FileDeviceMemory(configuration.data().devices().resolve(device.hex() + ".memory")),
        factory,
        homeClock,
        observer);
  }

  /** What is pushed while the adapter starts waits for it, within the time that the DSP gives. */
  private Adapter adapterWhenStarted() {
    try {
      return adapterStarted.get(ADAPTER_START_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException notStarted) {
      throw new IllegalStateException("the adapter does not run yet", notStarted);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the system is closing", closing);
    }
  }

  /** Works in the names of all participants that receive here. */
  private Adapter openAdapter() throws IOException {
    List<DccUser> users = new ArrayList<>();
    for (Participant participant : Participant.ALL) {
      if (receivers.containsKey(participant)) {
        users.add(closing(desk(participant)).dccUser(participant));
      }
    }
    return Adapter.start(
        new Adapter.Assembly(
            store,
            users,
            configuration.data().adapterClients(),
            CentralParties.ACCESS_CONTROL_BROKER,
            AdapterSettings.STANDARD,
            LOOPBACK,
            configuration.ports().adapter(),
            clock,
            random));
  }

  private void openReceivers() throws IOException {
    SmkiRepositoryClient client = closing(new SmkiRepositoryClient(repositoryAddress()));
    for (Participant participant : Participant.ALL) {
      // A user that runs in another process needs its key for calling from the start.
      SSLContext _ = clientTls(participant);
      if (!configuration.receivers().containsKey(participant)) {
        ResponseReceiver receiver =
            closing(
                ResponseReceiver.start(
                    Mailbox.open(configuration.data().mailbox(participant)),
                    message -> adapterWhenStarted().receive(participant.name(), message),
                    UserDesk.dspVerifier(client, trusted()),
                    CentralParties.ACCESS_CONTROL_BROKER,
                    0,
                    Optional.of(serverTls(participant))));
        receivers.put(participant, receiver);
      }
    }
  }

  private Map<Participant, URI> receiverAddresses() {
    Map<Participant, URI> addresses = new HashMap<>(configuration.receivers());
    receivers.forEach((participant, receiver) -> addresses.put(participant, receiver.address()));
    return addresses;
  }

  /** The key and trust with which a participant's own receiver listens for pushed responses. */
  public SSLContext receiverTls(Participant participant) {
    return serverTls(participant);
  }

  /** The database, for whoever measures it. */
  public Store store() {
    return store;
  }

  private SSLContext serverTls(Participant participant) {
    return TlsContexts.context(
        enrolment
            .tls()
            .server(
                enrolment.userVault(configuration.data(), participant),
                SERVER_TLS_KEY,
                participant.id(),
                TlsIssuer.LOCAL_HOSTS),
        List.of(keys.authorities().dcckiRoot().certificate()));
  }

  private SSLContext clientTls(Participant participant) {
    return TlsContexts.context(
        enrolment
            .tls()
            .client(
                enrolment.userVault(configuration.data(), participant),
                CLIENT_TLS_KEY,
                participant.id()),
        List.of(keys.authorities().dcckiRoot().certificate()));
  }

  private <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }

  private void progress(String step) {
    configuration.progress().accept(step);
  }
}
