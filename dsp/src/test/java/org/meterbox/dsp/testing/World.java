// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.DataSystems;
import org.meterbox.dsp.DspConfiguration;
import org.meterbox.dsp.DspPorts;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.broker.BrokerKeys;
import org.meterbox.dsp.broker.BrokerKeys.CommandSigner;
import org.meterbox.dsp.delivery.DeliveryPlan;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.dsp.gateway.Listener;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.limits.InFlightLimits;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.RetryPlan;
import org.meterbox.dsp.testing.Pki.Agreement;
import org.meterbox.dsp.testing.Pki.Signing;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.smki.repository.InMemoryCertificateRepository;
import org.meterbox.smki.revocation.RevocationOutcome;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;
import org.meterbox.store.TestStore;
import org.meterbox.testsupport.Shown;
import org.meterbox.wan.NotStoredException;

/**
 * A running DSP with two suppliers, a network operator, an ESME and everything around them. The
 * parties and their certificates are made once; store and DSP are new for each world.
 */
public final class World implements AutoCloseable {
  /** System property: where the parties' keys are kept. */
  public static final String PKI_FOLDER_PROPERTY = "dsp.test.pki";

  static {
    // The web server tells of every start and stop.
    Logger.getLogger("").setLevel(Level.WARNING);
  }

  public static final Eui64 BROKER = Eui64.parse("90B3D51F30000002");
  public static final Eui64 CHANGE_OF_SUPPLIER = Eui64.parse("90B3D51F30000004");
  public static final Eui64 ESME = Eui64.parse("00DB1234567890A0");
  public static final Eui64 HUB = Eui64.parse("00DB1234567890A2");
  private static final Instant REGISTERED_FROM = Instant.parse("2000-01-01T00:00:00Z");

  /** Requests to one device that may be in flight here. */
  public static final int DEVICE_MAX = 20;

  /** Further ones for supply commands. */
  public static final int DEVICE_SUPPLY_ROOM = 2;

  public static final Mpxn MPAN = new Mpxn("1234567890123");

  private static final InMemoryCertificateRepository REPOSITORY =
      new InMemoryCertificateRepository();
  private static final Pki PKI = new Pki(pkiFolder(), REPOSITORY);
  private static final Agreement BROKER_AGREEMENT =
      PKI.organisationAgreement(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER);
  private static final Signing BROKER_DOCUMENTS =
      PKI.organisationSigning(BROKER, RemotePartyRole.DSP_XML_SIGNING);
  private static final Signing BROKER_COMMANDS =
      PKI.organisationSigning(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER);
  private static final Signing CHANGE_OF_SUPPLIER_COMMANDS =
      PKI.organisationSigning(CHANGE_OF_SUPPLIER, RemotePartyRole.TRANSITIONAL_COS);
  private static final SSLContext GATEWAY_TLS = PKI.serverTls(BROKER);
  private static final SSLContext CALLING_TLS = PKI.clientTls(BROKER);

  /** The supplier that is registered for the meter and whose certificates it holds. */
  public static final Party SUPPLIER =
      Party.make(PKI, Eui64.parse("90B3D51F30010000"), RemotePartyRole.SUPPLIER);

  /** A supplier that has nothing to do with the meter. */
  public static final Party OTHER_SUPPLIER =
      Party.make(PKI, Eui64.parse("90B3D51F30030000"), RemotePartyRole.SUPPLIER);

  /** The network operator that is registered for the meter; the meter does not know it. */
  public static final Party NETWORK_OPERATOR =
      Party.make(PKI, Eui64.parse("90B3D51F30020000"), RemotePartyRole.NETWORK_OPERATOR);

  /** Listens for responses over TLS. */
  public static final SSLContext SUPPLIER_SERVER_TLS = PKI.serverTls(SUPPLIER.id());

  /** Trusts the DSP and shows no certificate. */
  public static final SSLContext STRANGER_TLS = PKI.trustOnly();

  public static final TestDevice METER = TestDevice.make(PKI, ESME, BROKER_AGREEMENT.certificate());

  /** The communications hub function of the premises. */
  public static final TestDevice HUB_FUNCTION =
      TestDevice.make(PKI, HUB, BROKER_AGREEMENT.certificate());

  private static final Duration HTTP_WAIT = Duration.ofMinutes(2);

  public final MovableClock clock = new MovableClock();
  public final Store store;
  public final RecordingWan wan = new RecordingWan();
  private final Optional<UserServerForTests> ownServer;
  private final DuisReader reader = new DuisReader();
  private DataSystems dsp;
  private long counter = 1000;

  private World(Store store, URI supplierAddress, Optional<UserServerForTests> ownServer) {
    this.store = store;
    this.ownServer = ownServer;
    dsp = assemble();
    populate(supplierAddress);
    dsp.open(wan);
  }

  /** A world on a new store. */
  public static World open() {
    UserServerForTests supplierServer = UserServerForTests.plain();
    return new World(TestStore.fresh(), supplierServer);
  }

  private World(Store store, UserServerForTests supplierServer) {
    this(store, supplierServer.address(), Optional.of(supplierServer));
  }

  /** The same world in another process: durable, with the supplier's server elsewhere. */
  public static World durable(Path storeFolder, URI supplierServer) {
    Store store = Store.open(StoreConfiguration.embedded(storeFolder, _ -> {}));
    return new World(store, supplierServer, Optional.empty());
  }

  /** Where the keys are: in the folder that the property names, or in one of this process alone. */
  private static Path pkiFolder() {
    String folder = System.getProperty(PKI_FOLDER_PROPERTY);
    try {
      return folder == null ? Files.createTempDirectory("dsp-test-pki") : Path.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataSystems assemble() {
    return assemble(Listener.local(0), Listener.local(0), Listener.local(0));
  }

  /** A DSP on the store of this one with other listeners, not open yet. */
  public DataSystems assemble(Listener secure, Listener plain, Listener management) {
    DspConfiguration configuration =
        new DspConfiguration(
            secure,
            Optional.of(plain),
            management,
            true,
            RetryPlan.STANDARD,
            DeliveryPlan.STANDARD,
            RequestTimes.STANDARD,
            Gateway.CONNECTIONS,
            new InFlightLimits(1_000, DEVICE_MAX, 10, DEVICE_SUPPLY_ROOM));
    return DataSystems.assemble(configuration, ports(store, clock));
  }

  private static DspPorts ports(Store store, MovableClock clock) {
    BrokerKeys keys =
        new BrokerKeys(
            BROKER,
            BROKER_AGREEMENT.key(),
            BROKER_DOCUMENTS.key(),
            BROKER_DOCUMENTS.certificate(),
            Map.of(
                RemotePartyRole.ACCESS_CONTROL_BROKER,
                new CommandSigner(BROKER, BROKER_COMMANDS.key()),
                RemotePartyRole.TRANSITIONAL_COS,
                new CommandSigner(CHANGE_OF_SUPPLIER, CHANGE_OF_SUPPLIER_COMMANDS.key())));
    return new DspPorts(
        store,
        REPOSITORY,
        keys,
        GATEWAY_TLS,
        PKI.revocation(clock),
        CALLING_TLS,
        clock,
        new SecureRandom());
  }

  private void populate(URI supplierServer) {
    putUser(SUPPLIER, Set.of(UserRole.IS, UserRole.GS), Optional.of(supplierServer));
    putUser(OTHER_SUPPLIER, Set.of(UserRole.IS), Optional.empty());
    putUser(NETWORK_OPERATOR, Set.of(UserRole.ED), Optional.empty());
    putMeter(SmiStatus.COMMISSIONED);
    dsp.inventory()
        .put(
            new Device(
                HUB,
                DeviceType.CHF,
                Optional.of(HUB),
                Optional.of(SmiStatus.COMMISSIONED),
                model(Optional.empty()),
                MeterPoints.NONE,
                Map.of()));
    register(UserRole.IS, SUPPLIER.id());
    register(UserRole.ED, NETWORK_OPERATOR.id());
  }

  /** A party's registration begins, or ends at this time. */
  public void register(UserRole role, Eui64 party, Instant until) {
    dsp.registrations()
        .put(new Registration(MPAN, role, party, REGISTERED_FROM, Optional.of(until)));
  }

  public void putUser(Party party, Set<UserRole> roles, Optional<URI> receiveResponse) {
    dsp.users()
        .put(
            new DccUser(
                party.id(), "a user", UserStatus.ACTIVE, roles, Set.of(), receiveResponse, "5.4"));
  }

  public void putMeter(SmiStatus status) {
    dsp.inventory()
        .put(
            new Device(
                ESME,
                DeviceType.ESME,
                Optional.of(HUB),
                Optional.of(status),
                model(Optional.of("A")),
                MeterPoints.importing(MPAN),
                Map.of(RemotePartyRole.SUPPLIER, SUPPLIER.id())));
  }

  /** The device whose keys the tests hold is a PPMID, and the meter is another device. */
  public void putPpmidBesideAnotherMeter() {
    dsp.inventory().put(commissioned(ESME, DeviceType.PPMID, MeterPoints.NONE));
    dsp.inventory()
        .put(
            commissioned(
                Eui64.parse("00DB1234567890A9"), DeviceType.ESME, MeterPoints.importing(MPAN)));
  }

  private static Device commissioned(Eui64 id, DeviceType type, MeterPoints points) {
    return new Device(
        id,
        type,
        Optional.of(HUB),
        Optional.of(SmiStatus.COMMISSIONED),
        model(Optional.empty()),
        points,
        Map.of());
  }

  private static DeviceModel model(Optional<String> variant) {
    return new DeviceModel(
        "106C", "433100AC", Optional.empty(), Optional.of("1.0"), Optional.of("4.2"), variant);
  }

  private void register(UserRole role, Eui64 party) {
    register(role, party, clock.instant().plus(Duration.ofDays(1000)));
  }

  /** The supplier's Receive Response Service in this process. */
  public UserServerForTests supplierServer() {
    return ownServer.orElseThrow();
  }

  public DataSystems dsp() {
    return dsp;
  }

  /** Closes the DSP and starts another one on the same store. */
  public void restart() {
    dsp.close();
    dsp = assemble();
    dsp.open(wan);
  }

  /** A Request ID that was never used in this world. */
  public MessageId newRequestId(Party originator, Eui64 target) {
    return new MessageId(originator.id(), target, new OriginatorCounter(counter++));
  }

  public static RequestDraft draft(
      MessageId id, CommandVariant variant, String service, XmlElement body) {
    return RequestDraft.single(id, variant, new ServiceReferenceVariant(service), body);
  }

  /** Reads the import registers, over the SM WAN. */
  public RequestDraft readRegisters(Party originator) {
    return draft(
        newRequestId(originator, ESME),
        CommandVariant.NON_CRITICAL_WAN,
        "4.1.1",
        XmlElement.of("ReadInstantaneousImportRegisters"));
  }

  /** Posts over mutual TLS and gives the bare HTTP answer. */
  public HttpResponse<byte[]> post(SSLContext tls, WebService service, Octets document) {
    return post(tls, service.path(), document);
  }

  /** Posts over mutual TLS and gives the bare HTTP answer. */
  public HttpResponse<byte[]> post(SSLContext tls, String path, Octets document) {
    return post(tls, dsp.gateway().securePort(), path, document);
  }

  /** Posts over mutual TLS to one of several nodes. */
  public static HttpResponse<byte[]> post(SSLContext tls, int port, String path, Octets document) {
    URI uri = URI.create("https://localhost:" + port + path);
    return send(tls, request(uri, document, "application/xml"));
  }

  /** Asks over mutual TLS. */
  public String get(SSLContext tls, String path) {
    URI uri = URI.create("https://localhost:" + dsp.gateway().securePort() + path);
    byte[] body = send(tls, HttpRequest.newBuilder(uri).timeout(HTTP_WAIT).build()).body();
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Posts on the listener for operators. */
  public HttpResponse<byte[]> postAsOperator(String path, Octets document) {
    URI uri = URI.create("http://localhost:" + dsp.gateway().managementPort() + path);
    return send(SUPPLIER.tls(), request(uri, document, "application/xml"));
  }

  private static HttpResponse<byte[]> send(SSLContext tls, HttpRequest request) {
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Signs a document in the name of the DCC, with the first or the second of its keys. */
  public static Octets signAsDcc(boolean first, CanonicalXml document) {
    Signing by = first ? BROKER_DOCUMENTS : BROKER_COMMANDS;
    return new XmlSigner(by.key(), IssuerSerial.of(by.certificate())).sign(document);
  }

  public static HttpRequest request(URI uri, Octets document, String contentType) {
    return HttpRequest.newBuilder(uri)
        .timeout(HTTP_WAIT)
        .header("Content-Type", contentType)
        .POST(BodyPublishers.ofByteArray(document.toArray()))
        .build();
  }

  /** Signs and posts a request, and gives the verified answer. */
  public Response send(Party party, WebService service, RequestDraft draft) {
    return answer(post(party.tls(), service, party.sign(draft)));
  }

  /** The TLS context of an organisation with a certificate of its own. */
  public static SSLContext clientTls(Eui64 owner) {
    return PKI.clientTls(owner);
  }

  /** Takes the certificate of {@link #clientTls} back. */
  public RevocationOutcome revokeClientTls(Eui64 owner) {
    return PKI.revoke(owner, PKI.clientCertificate(owner), clock);
  }

  /** The signed answer in an HTTP response. */
  public Response answer(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(
          response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return verified(Octets.of(response.body()));
  }

  /** The content of a document that the DSP has signed. */
  public Response verified(Octets document) {
    try {
      if (!(reader.readResponse(document) instanceof Reading.Valid<ReceivedResponse>(var read))) {
        throw new AssertionError("not a DUIS response: " + document);
      }
      Signer signer = Signer.of(BROKER_DOCUMENTS.certificate());
      new XmlVerifier(_ -> Optional.of(signer))
          .verify(read.signature(), BROKER, XmlVerifier.DSP_ROLES);
      show(read.response());
      return read.response();
    } catch (VerificationException e) {
      throw new AssertionError(e);
    }
  }

  /** What the DSP has said counts as shown. */
  private static void show(Response response) {
    Shown.responseCode(response.code());
    switch (response.body()) {
      case DccAlert alert -> Shown.dccAlert(alert.code());
      case ResponseMessage message -> {
        boolean done = response.code().equals(ResponseCode.I0);
        ServiceRequestCatalogue.current()
            .find(message.serviceReferenceVariant())
            .filter(service -> done && service.nonDevice())
            .ifPresent(service -> Shown.service(service.variant()));
      }
      case ResponseBody _ -> {}
    }
  }

  /** The meter has this message for the DSP. */
  public void uplink(Octets message) {
    uplink(ESME, message);
  }

  /** A device has this message for the DSP. */
  public void uplink(Eui64 device, Octets message) {
    try {
      dsp.uplink().received(device, message);
    } catch (NotStoredException e) {
      throw new AssertionError(e);
    }
  }

  /** The supplier's certificate for signing commands (DER). */
  public static byte[] supplierSigningCertificate() {
    try {
      return SUPPLIER.commands().certificate().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  /** With which the change of supplier party's signatures are verified. */
  public static ECPublicKey changeOfSupplierKey() {
    return CHANGE_OF_SUPPLIER_COMMANDS.key().publicKey();
  }

  /** The meter's answer to a command, under the MAC for this party. */
  public static Octets meterAnswers(Octets command, Party party) {
    return METER.answer(command, party.agreement().certificate());
  }

  /** The meter's answer to a command, under the MAC for the broker. */
  public static Octets meterAnswersBroker(Octets command) {
    return METER.answer(command, BROKER_AGREEMENT.certificate());
  }

  /** A device's answer to a command, under the MAC for the broker. */
  public static Octets answersBroker(TestDevice device, Octets command) {
    return device.answer(command, BROKER_AGREEMENT.certificate());
  }

  /** Looks after requests whose time has come, as the timer does. */
  public void lookAfterDue() {
    dsp.lookAfterDue();
  }

  /** Every value of the first column. */
  public List<String> query(String sql) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql);
          ResultSet row = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (row.next()) {
          found.add(row.getString(1));
        }
        return found;
      }
    });
  }

  /** Changes the store behind the DSP's back. */
  public void execute(String sql) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        return statement.executeUpdate();
      }
    });
  }

  @Override
  public void close() {
    dsp.close();
    ownServer.ifPresent(UserServerForTests::close);
    store.close();
  }
}
