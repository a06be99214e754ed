// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.gateway.Listener;
import org.meterbox.dsp.testing.Party;
import org.meterbox.dsp.testing.World;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * Anomaly detection from the signed file to the quarantined request and what people decide about
 * it, on a real store and over real connections.
 */
final class AnomalyDetectionTest {
  private static final String NAMESPACE = "urn:meterbox:anomaly-detection";
  private static final String FILES = "/anomaly/files";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  // Files

  private static XmlElement line(String name, String... attributes) {
    XmlElement.Builder builder = XmlElement.builder(NAMESPACE, name);
    for (int i = 0; i < attributes.length; i += 2) {
      builder.attribute(attributes[i], attributes[i + 1]);
    }
    return builder.build();
  }

  private CanonicalXml file(XmlElement... lines) {
    return file(world.clock.instant(), lines);
  }

  private static CanonicalXml file(Instant made, XmlElement... lines) {
    XmlElement root =
        XmlElement.builder(NAMESPACE, "AnomalyDetection")
            .attribute("made", made.toString())
            .children(List.of(lines))
            .build();
    return CanonicalXml.of(root, "an");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8).strip();
  }

  private String post(Party party, XmlElement... lines) {
    return post(party, party.sign(file(lines), true));
  }

  private String post(Party party, Octets file) {
    return text(world.post(party.tls(), FILES, file));
  }

  private String postAsDcc(boolean first, XmlElement... lines) {
    return text(world.postAsOperator(FILES, World.signAsDcc(first, file(lines))));
  }

  private void allowReads(int requests) {
    assertThat(
            post(World.SUPPLIER, line("Threshold", "service", "4.1.1", "requests", "" + requests)))
        .startsWith("200 threshold set for service 4.1.1");
  }

  // Requests

  private RequestDraft read() {
    RequestDraft read = world.readRegisters(World.SUPPLIER);
    assertThat(send(read)).isEqualTo("I99");
    // Each has its own time of arrival, by which they are listed.
    world.clock.advance(Duration.ofMillis(1));
    return read;
  }

  private String send(RequestDraft draft) {
    return world.send(World.SUPPLIER, WebService.SEND_COMMAND, draft).code().code();
  }

  private RequestDraft dated(Instant time) {
    return World.draft(
        world.newRequestId(World.SUPPLIER, World.ESME),
        CommandVariant.NON_CRITICAL_WAN,
        "4.1.1",
        XmlElement.of(
            "ReadInstantaneousImportRegisters",
            XmlElement.leaf("ExecutionDateTime", XmlValues.dateTime(time))));
  }

  private List<String> states() {
    return world.query(
        "SELECT concat_ws(' ', state, reason) FROM dsp.request ORDER BY received, counter");
  }

  private void awaitStates(String... expected) {
    Awaitility.await().atMost(PATIENCE).until(this::states, List.of(expected)::equals);
  }

  private Response next() {
    return world.verified(world.supplierServer().next());
  }

  /** The alert about a quarantined request; its event. */
  private String alerted(RequestDraft request, String code, String element) {
    Response response = next();
    DccAlert alert = (DccAlert) response.body();
    assertThat(alert.code().code()).isEqualTo(code);
    assertThat(response.code()).isEqualTo(ResponseCode.I0);
    try {
      XmlElement breach = alert.alert().child(element);
      assertThat(breach.child("RequestID").token()).isEqualTo(request.requestId().toString());
      return breach.child("QuarantineEventRef").token();
    } catch (ElementException e) {
      throw new AssertionError(e);
    }
  }

  private String quarantinedRead() {
    RequestDraft read = read();
    return alerted(read, "N46", "ADUserThresholdBreach");
  }

  @Test
  void moreRequestsThanTheUsersThresholdWaitInQuarantine() {
    allowReads(2);
    read();
    read();
    RequestDraft third = read();
    alerted(third, "N46", "ADUserThresholdBreach");
    assertThat(states()).containsExactly("IN_FLIGHT", "IN_FLIGHT", "QUARANTINED");
    assertThat(world.wan.sent()).hasSize(2);
    // Neither time nor a restart lets it go.
    world.clock.advance(Duration.ofHours(1));
    world.restart();
    world.lookAfterDue();
    assertThat(states()).endsWith("QUARANTINED");
  }

  // The same document again gets the same answer and no second alert.
  @Test
  void aQuarantinedRequestThatComesAgainCountsOnce() {
    allowReads(0);
    RequestDraft read = world.readRegisters(World.SUPPLIER);
    Octets document = World.SUPPLIER.sign(read);
    Response first =
        world.answer(world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, document));
    assertThat(first.code()).isEqualTo(ResponseCode.I99);
    assertThat(world.answer(world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, document)))
        .isEqualTo(first);
    alerted(read, "N46", "ADUserThresholdBreach");
    assertThat(world.query("SELECT event FROM dsp.quarantine")).hasSize(1);
    assertThat(world.query("SELECT sum(requests) FROM dsp.anomaly_count")).containsExactly("1");
  }

  @Test
  void whatOtherServicesAndUsersAskPasses() {
    allowReads(0);
    RequestDraft status =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.ESME),
            CommandVariant.NON_CRITICAL_WAN,
            "7.4",
            XmlElement.of("ReadSupplyStatus"));
    assertThat(send(status)).isEqualTo("I99");
    RequestDraft other = world.readRegisters(World.NETWORK_OPERATOR);
    Response answer = world.send(World.NETWORK_OPERATOR, WebService.SEND_COMMAND, other);
    assertThat(answer.code()).isEqualTo(ResponseCode.I99);
    assertThat(states()).containsOnly("IN_FLIGHT");
  }

  @Test
  void theCountGoesOnAfterARestartAndEndsWithItsHours() {
    allowReads(2);
    read();
    world.restart();
    read();
    world.restart();
    quarantinedRead();
    world.clock.advance(Duration.ofHours(25));
    read();
    assertThat(states()).containsExactly("IN_FLIGHT", "IN_FLIGHT", "QUARANTINED", "IN_FLIGHT");
  }

  @Test
  void twoPeopleRelease() {
    allowReads(1);
    read();
    String event = quarantinedRead();
    MessageId quarantined = new MessageId(World.SUPPLIER.id(), World.ESME, counter(event));
    assertThat(post(World.SUPPLIER, line("Release", "event", event)))
        .contains("RELEASE noted; a second person has to order the same");
    world.clock.advance(Duration.ofSeconds(1));
    // The same person once more is still one.
    assertThat(post(World.SUPPLIER, line("Release", "event", event))).contains("noted");
    world.lookAfterDue();
    assertThat(world.wan.sent()).hasSize(1);
    assertThat(postAsDcc(true, line("Release", "event", event))).contains("RELEASE by two people");
    awaitStates("IN_FLIGHT", "IN_FLIGHT");
    assertThat(world.wan.last().correlation()).isEqualTo(quarantined);
    world.uplink(World.meterAnswers(world.wan.last().message(), World.SUPPLIER));
    assertThat(next().requestId()).contains(quarantined);
    assertThat(states()).containsExactly("IN_FLIGHT", "ANSWERED");
    // What is decided stays so.
    assertThat(post(World.SUPPLIER, line("Delete", "event", event)))
        .startsWith("422 event " + event + " is decided already");
  }

  private OriginatorCounter counter(String event) {
    return new OriginatorCounter(
        Long.parseLong(
            world.query("SELECT counter FROM dsp.quarantine WHERE event = " + event).getFirst()));
  }

  @Test
  void twoPeopleOfTheSenderDelete() {
    allowReads(0);
    String event = quarantinedRead();
    assertThat(post(World.SUPPLIER, line("Delete", "event", event))).contains("noted");
    Octets second = World.SUPPLIER.sign(file(line("Delete", "event", event)), false);
    assertThat(post(World.SUPPLIER, second)).contains("DELETE by two people");
    assertThat(states()).containsExactly("CANCELLED DELETED_FROM_QUARANTINE");
    world.lookAfterDue();
    assertThat(world.wan.sent()).isEmpty();
    assertThat(world.get(World.SUPPLIER.tls(), "/anomaly/quarantine")).isEqualTo("[]");
  }

  // One of the two must answer for the request.
  @Test
  void twoPeopleOfTheDccAreNotEnough() {
    allowReads(0);
    String event = quarantinedRead();
    assertThat(postAsDcc(true, line("Release", "event", event))).contains("noted");
    assertThat(postAsDcc(false, line("Release", "event", event))).contains("noted");
    world.lookAfterDue();
    assertThat(states()).containsExactly("QUARANTINED");
  }

  @Test
  void twoPeopleWhoDisagreeDecideNothing() {
    allowReads(0);
    String event = quarantinedRead();
    assertThat(post(World.SUPPLIER, line("Release", "event", event))).contains("noted");
    assertThat(postAsDcc(true, line("Delete", "event", event))).contains("noted");
    world.lookAfterDue();
    assertThat(states()).containsExactly("QUARANTINED");
    // Whoever changes their mind counts once.
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(post(World.SUPPLIER, line("Delete", "event", event)))
        .contains("DELETE by two people");
  }

  // A stranger must not learn what is quarantined, nor decide on it.
  @Test
  void aStrangerNeitherDecidesNorSees() {
    allowReads(0);
    String event = quarantinedRead();
    String strange = post(World.OTHER_SUPPLIER, line("Release", "event", event));
    String none = post(World.OTHER_SUPPLIER, line("Release", "event", "999"));
    assertThat(strange).isEqualTo("422 no request of yours was quarantined by event " + event);
    assertThat(none.replace("999", event)).isEqualTo(strange);
    assertThat(world.get(World.OTHER_SUPPLIER.tls(), "/anomaly/quarantine")).isEqualTo("[]");
    assertThat(world.get(World.OTHER_SUPPLIER.tls(), "/anomaly/thresholds")).isEqualTo("[]");
    assertThat(world.get(World.SUPPLIER.tls(), "/anomaly/quarantine"))
        .contains("\"event\":" + event, "\"alert\":\"N46\"");
    assertThat(world.get(World.SUPPLIER.tls(), "/anomaly/thresholds")).contains("\"4.1.1\"");
  }

  @Test
  void thresholdsAreSetByThoseWhomTheyConcern() {
    String supplier = World.SUPPLIER.id().hex();
    assertThat(
            post(
                World.OTHER_SUPPLIER,
                line("Threshold", "service", "4.1.1", "requests", "0", "for", supplier)))
        .startsWith("422 ")
        .contains("may not set what concerns the requests of " + supplier);
    assertThat(
            post(
                World.SUPPLIER,
                line("Threshold", "service", "4.1.1", "requests", "0", "for", "all-users")))
        .startsWith("422 ");
    assertThat(
            postAsDcc(
                true, line("Threshold", "service", "4.1.1", "requests", "0", "for", supplier)))
        .startsWith("422 ");
    // Signed by one and brought by another, who may not speak for it.
    Octets file =
        World.SUPPLIER.sign(file(line("Threshold", "service", "4.1.1", "requests", "9")), true);
    assertThat(post(World.OTHER_SUPPLIER, file)).startsWith("422 brought by ");
    assertThat(world.query("SELECT id FROM dsp.anomaly_threshold")).isEmpty();
  }

  // Otherwise who has once seen a file that allowed much could make it hold again.
  @Test
  void aFileCountsOnceAndOnlyWhileItIsNew() {
    CanonicalXml content = file(line("Threshold", "service", "4.1.1", "requests", "5"));
    Octets signed = World.SUPPLIER.sign(content, true);
    assertThat(post(World.SUPPLIER, signed)).startsWith("200 ");
    assertThat(post(World.SUPPLIER, signed)).isEqualTo("422 this file was taken before");
    // The signature does not cover what stands before the root.
    Octets padded =
        Octets.of(
            ("\n" + new String(signed.toArray(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
    assertThat(post(World.SUPPLIER, padded)).isEqualTo("422 this file was taken before");
    Instant old = world.clock.instant().minus(Duration.ofHours(25));
    Octets late =
        World.SUPPLIER.sign(file(old, line("Threshold", "service", "7.4", "requests", "1")), true);
    assertThat(post(World.SUPPLIER, late)).startsWith("422 ").contains("made must lie within");
    String altered =
        new String(World.SUPPLIER.sign(content, false).toArray(), StandardCharsets.UTF_8)
            .replace("requests=\"5\"", "requests=\"500\"");
    assertThat(post(World.SUPPLIER, Octets.of(altered.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("422 the document was changed after it was signed");
    assertThat(world.query("SELECT requests FROM dsp.anomaly_threshold")).containsExactly("5");
  }

  @Test
  void aThresholdOfTheDccCountsAllUsers() {
    assertThat(
            postAsDcc(
                true,
                line("Threshold", "service", "4.1.1", "percent", "10", "expectedPerMonth", "20")))
        .startsWith("200 threshold set for service 4.1.1, counted for DCC: 2 requests");
    RequestDraft other = world.readRegisters(World.NETWORK_OPERATOR);
    world.send(World.NETWORK_OPERATOR, WebService.SEND_COMMAND, other);
    read();
    alerted(read(), "N47", "ADDCCThresholdBreach");
  }

  @Test
  void theUserIsWarnedBeforeQuarantineBegins() {
    assertThat(
            post(
                World.SUPPLIER,
                line("Threshold", "service", "4.1.1", "requests", "3", "warning", "2")))
        .startsWith("200 ");
    read();
    assertThat(world.get(World.SUPPLIER.tls(), "/anomaly/warnings")).isEqualTo("[]");
    read();
    assertThat(world.get(World.SUPPLIER.tls(), "/anomaly/warnings"))
        .contains("\"service\":\"4.1.1\"", "\"requests\":2", "\"quarantineAfter\":3");
    assertThat(world.get(World.OTHER_SUPPLIER.tls(), "/anomaly/warnings")).isEqualTo("[]");
    assertThat(states()).containsOnly("IN_FLIGHT");
  }

  // A critical value is looked at where the user has signed for it, not where it is translated.
  @Test
  void aValueOutsideItsLimitsWaitsInQuarantine() throws DecodeException {
    assertThat(
            post(
                World.SUPPLIER,
                line("ValueLimit", "service", "1.5", "element", "AdjustMeterBalance", "max", "99")))
        .startsWith("200 value limit set for AdjustMeterBalance");
    assertThat(send(adjusted("99"))).isEqualTo("I99");
    assertThat(world.wan.sent()).hasSize(1);
    world.clock.advance(Duration.ofMillis(1));
    RequestDraft much = adjusted("100");
    assertThat(send(much)).isEqualTo("I99");
    String event = alerted(much, "N48", "ADAttributeLimitsBreach");
    assertThat(world.wan.sent()).hasSize(1);
    // Released, it is what its sender signed.
    assertThat(post(World.SUPPLIER, line("Release", "event", event))).contains("noted");
    assertThat(postAsDcc(true, line("Release", "event", event))).contains("by two people");
    Awaitility.await().atMost(PATIENCE).until(() -> world.wan.sent().size() == 2);
    assertThat(world.wan.last().correlation()).isEqualTo(much.requestId());
  }

  private RequestDraft adjusted(String balance) throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    XmlElement change =
        XmlElement.of(
            "UpdateMeterBalance",
            XmlElement.of("CreditMode", XmlElement.leaf("AdjustMeterBalance", balance)));
    Response transformed =
        world.send(
            World.SUPPLIER,
            WebService.TRANSFORM,
            World.draft(id, CommandVariant.TRANSFORM, "1.5", change));
    assertThat(transformed.code()).isEqualTo(ResponseCode.I0);
    Octets preCommand =
        ((ResponseData.PreCommand) ((ResponseMessage) transformed.body()).data()).gbcsPayload();
    Octets signed =
        MessageProtection.sign(
                (GbcsMessage.PreCommand) GbcsMessage.decode(preCommand),
                World.SUPPLIER.commands().key())
            .encode();
    return World.draft(
        id,
        CommandVariant.CRITICAL_WAN,
        "1.5",
        XmlElement.of(
            SignedPreCommand.ELEMENT, XmlElement.leaf("GBCSPayload", XmlValues.base64(signed))));
  }

  @Test
  void aDatedRequestThatIsReleasedInTimeIsHeldUntilItsTime() {
    allowReads(0);
    RequestDraft dated = dated(world.clock.instant().plus(Duration.ofDays(2)));
    assertThat(send(dated)).isEqualTo("I99");
    String event = alerted(dated, "N46", "ADUserThresholdBreach");
    post(World.SUPPLIER, line("Release", "event", event));
    postAsDcc(true, line("Release", "event", event));
    awaitStates("HELD");
    assertThat(world.wan.sent()).isEmpty();
    world.clock.advance(Duration.ofDays(3));
    world.lookAfterDue();
    assertThat(world.wan.last().correlation()).isEqualTo(dated.requestId());
  }

  @Test
  void aDatedRequestWhoseTimePassesInQuarantineFails() {
    allowReads(0);
    RequestDraft dated = dated(world.clock.instant().plus(Duration.ofDays(2)));
    send(dated);
    String event = alerted(dated, "N46", "ADUserThresholdBreach");
    world.clock.advance(Duration.ofDays(3));
    world.lookAfterDue();
    assertThat(states()).containsExactly("QUARANTINED");
    post(World.SUPPLIER, line("Release", "event", event));
    postAsDcc(true, line("Release", "event", event));
    Response told = next();
    assertThat(((DccAlert) told.body()).code().code()).isEqualTo("N11");
    assertThat(told.code().code()).isEqualTo("E31");
    assertThat(states()).containsExactly("FAILED HELD_REQUEST_FAILED");
    assertThat(world.wan.sent()).isEmpty();
  }

  // Nobody releases afterwards what its sender has withdrawn.
  @Test
  void itsSenderCancelsADatedRequestInQuarantine() {
    allowReads(0);
    RequestDraft dated = dated(world.clock.instant().plus(Duration.ofDays(2)));
    send(dated);
    String event = alerted(dated, "N46", "ADUserThresholdBreach");
    world.clock.advance(Duration.ofMillis(1));
    assertThat(send(dated(Instant.parse("3000-12-31T00:00:00Z")))).isEqualTo("I0");
    assertThat(states()).containsExactly("CANCELLED BY_SENDER", "ANSWERED");
    assertThat(world.get(World.SUPPLIER.tls(), "/anomaly/quarantine")).isEqualTo("[]");
    post(World.SUPPLIER, line("Release", "event", event));
    assertThat(postAsDcc(true, line("Release", "event", event)))
        .contains("decided, but the request had ended already");
    world.lookAfterDue();
    assertThat(world.wan.sent()).isEmpty();
  }

  // The change of supplier party has a detector of its own.
  @Test
  void whatTheCosPartyCarriesOutIsCountedForIt() {
    assertThat(
            postAsDcc(
                true, line("Threshold", "service", "6.23", "requests", "0", "for", "cos-party")))
        .startsWith("200 threshold set for service 6.23, counted for COS");
    RequestDraft change = changeOfSupplier();
    assertThat(send(change)).isEqualTo("I99");
    alerted(change, "N47", "ADDCCThresholdBreach");
    assertThat(world.wan.sent()).isEmpty();
    read();
    assertThat(world.wan.sent()).hasSize(1);
  }

  private RequestDraft changeOfSupplier() {
    String certificate = XmlValues.base64(Octets.of(World.supplierSigningCertificate()));
    return World.draft(
        world.newRequestId(World.SUPPLIER, World.ESME),
        CommandVariant.NON_CRITICAL_WAN,
        "6.23",
        XmlElement.of(
            "UpdateSecurityCredentialsCoS",
            XmlElement.leaf("SupplierFloorSeqNumber", "1"),
            XmlElement.of(
                "SupplierReplacementCertificates",
                XmlElement.leaf("DigitalSigningCertificate", certificate)),
            XmlElement.of(
                "CertificationPathCertificates", XmlElement.leaf("Certificate", certificate)),
            XmlElement.leaf("ApplyTimeBasedCPVChecks", "false"),
            XmlElement.leaf("ImportMPxN", World.MPAN.value())));
  }

  // Access is checked again: registrations may have changed meanwhile.
  @Test
  void whoIsNotEntitledAnyMoreIsNotServedFromQuarantine() {
    allowReads(0);
    String event = quarantinedRead();
    world.register(
        UserRole.IS, World.SUPPLIER.id(), world.clock.instant().minus(Duration.ofSeconds(1)));
    post(World.SUPPLIER, line("Release", "event", event));
    postAsDcc(true, line("Release", "event", event));
    awaitStates("FAILED HELD_REQUEST_FAILED");
    assertThat(((DccAlert) next().body()).code().code()).isEqualTo("N11");
    assertThat(world.wan.sent()).isEmpty();
  }

  // A stolen key that asks through two nodes at once gets no more than through one.
  @Test
  void twoNodesCountTogetherAndLearnOfThresholds() {
    int allowed = 20;
    allowReads(allowed);
    Listener any = Listener.local(0);
    try (DataSystems other = world.assemble(any, any, any)) {
      other.open(world.wan);
      for (int i = 0; i < allowed; i++) {
        Octets document = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
        assertThat(postTo(i % 2 == 0 ? other : world.dsp(), document).code().code())
            .isEqualTo("I99");
        // Otherwise the limit of requests in flight to one device would come first.
        world.uplink(World.meterAnswers(world.wan.last().message(), World.SUPPLIER));
        next();
      }
      assertThat(world.wan.sent()).hasSize(allowed);
      Octets more = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
      assertThat(postTo(other, more).code()).isEqualTo(ResponseCode.I99);
      assertThat(((DccAlert) next().body()).code().code()).isEqualTo("N46");
      assertThat(world.wan.sent()).hasSize(allowed);
      // What one node is told soon holds in the other.
      world.clock.advance(Duration.ofMinutes(1));
      allowReads(1_000);
      world.clock.advance(Duration.ofMinutes(1));
      postTo(other, World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER)));
      assertThat(world.wan.sent()).hasSize(allowed + 1);
    }
  }

  private Response postTo(DataSystems node, Octets document) {
    return world.answer(
        World.post(
            World.SUPPLIER.tls(),
            node.gateway().securePort(),
            WebService.SEND_COMMAND.path(),
            document));
  }
}
