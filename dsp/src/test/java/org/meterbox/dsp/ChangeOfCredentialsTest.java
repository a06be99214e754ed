// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.Sha256;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.testing.Party;
import org.meterbox.dsp.testing.World;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.CellResult;
import org.meterbox.gbcs.asn1.CellStatus;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsResult;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.TrustAnchorCell;
import org.meterbox.gbcs.asn1.UpdateOutcome;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;

/** What the DSP learns from a meter that has replaced certificates, and whom it tells. */
final class ChangeOfCredentialsTest {
  private static final Octets OLD_KEY = Octets.ofHex("0102030405060708");
  private static final Octets NEW_KEY = Octets.ofHex("1112131415161718");
  private static final String HELD = "SELECT state FROM dsp.request WHERE srv = '4.1.1'";

  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private static XmlElement leaf(String name, Object text) {
    return XmlElement.leaf(name, text.toString());
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(X509Certificate certificate) {
    return Base64.getEncoder().encodeToString(der(certificate));
  }

  private String send(Party party, String service, XmlElement body) {
    RequestDraft draft =
        World.draft(
            world.newRequestId(party, World.ESME), CommandVariant.NON_CRITICAL_WAN, service, body);
    return world.send(party, WebService.SEND_COMMAND, draft).code().code();
  }

  /** Code and content of every DCC Alert stored for a user, in order. */
  private List<String> alerts(Party party) {
    return world
        .query(
            "SELECT encode(document, 'hex') FROM dsp.delivery WHERE kind = 'DCC_ALERT'"
                + " AND recipient = "
                + party.id().value()
                + " ORDER BY id")
        .stream()
        .map(hex -> (DccAlert) world.verified(Octets.of(HexFormat.of().parseHex(hex))).body())
        .map(alert -> alert.code().code() + " " + words(alert.alert()))
        .toList();
  }

  private static String words(XmlElement element) {
    return element.children().isEmpty()
        ? element.localName() + (element.token().isEmpty() ? "" : "=" + element.token())
        : String.join(
            " ", element.children().stream().map(ChangeOfCredentialsTest::words).toList());
  }

  private List<String> codes(Party party) {
    return alerts(party).stream().map(alert -> alert.substring(0, alert.indexOf(' '))).toList();
  }

  /** The supplier leaves a schedule and a request for tomorrow with the DSP. */
  private void leaveScheduleAndRequest() {
    RequestDraft schedule =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.BROKER),
            CommandVariant.NON_DEVICE,
            "5.1",
            XmlElement.of(
                "CreateSchedule",
                leaf("ScheduleFrequency", "Daily"),
                leaf("ScheduleStartDate", tomorrow().toString().substring(0, 10)),
                leaf("ScheduleExecutionStartTime", "01:00:00Z"),
                leaf("DSPScheduledServiceReference", "4.6"),
                leaf("DSPScheduledServiceReferenceVariant", "4.6.1"),
                leaf("DeviceID", World.ESME.dashed()),
                XmlElement.of(
                    "DSPRetrieveImportDailyReadLog",
                    leaf("StartDateOffset", -1),
                    leaf("StartTime", "00:00:00Z"),
                    leaf("EndDateOffset", 0),
                    leaf("EndTime", "00:00:00Z"))));
    assertThat(world.send(World.SUPPLIER, WebService.NON_DEVICE, schedule).code().code())
        .isEqualTo("I0");
    assertThat(
            send(
                World.SUPPLIER,
                "4.1.1",
                XmlElement.of(
                    "ReadInstantaneousImportRegisters",
                    leaf("ExecutionDateTime", tomorrow().plus(Duration.ofDays(1))))))
        .isEqualTo("I99");
  }

  private Instant tomorrow() {
    return world.clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(1));
  }

  /** The meter's answer to the last command: what became of one cell. */
  private void answer(
      int mode, RemotePartyRole role, CellStatus status, Eui64 before, Eui64 after) {
    Octets command = world.wan.last().message();
    CellResult result =
        new CellResult(
            TrustAnchorCell.of(role, KeyUsage.DIGITAL_SIGNATURE),
            status,
            before,
            OLD_KEY,
            after,
            status.equals(CellStatus.SUCCESS) ? NEW_KEY : OLD_KEY);
    UpdateOutcome outcome =
        new UpdateOutcome(
            World.METER.take(command).header().messageId().counter(),
            mode,
            List.of(),
            List.of(result));
    world.uplink(
        World.METER.answerSigned(
            command, Asn1Payload.of(new UpdateCredentialsResult(Optional.of(outcome))).encode()));
  }

  private Map<RemotePartyRole, Eui64> cells() {
    return world.dsp().inventory().find(World.ESME).orElseThrow().credentials();
  }

  private Optional<SmiStatus> status() {
    return world.dsp().inventory().find(World.ESME).orElseThrow().status();
  }

  // 6.23

  private void changeSupplier() {
    Instant now = world.clock.instant();
    world.register(UserRole.IS, World.SUPPLIER.id(), now);
    world
        .dsp()
        .registrations()
        .put(
            new Registration(
                World.MPAN, UserRole.IS, World.OTHER_SUPPLIER.id(), now, Optional.empty()));
    String der = base64(World.OTHER_SUPPLIER.commands().certificate());
    assertThat(
            send(
                World.OTHER_SUPPLIER,
                "6.23",
                XmlElement.of(
                    "UpdateSecurityCredentialsCoS",
                    leaf("SupplierFloorSeqNumber", 1),
                    XmlElement.of(
                        "SupplierReplacementCertificates", leaf("DigitalSigningCertificate", der)),
                    XmlElement.of("CertificationPathCertificates", leaf("Certificate", der)),
                    leaf("ApplyTimeBasedCPVChecks", false),
                    leaf("ImportMPxN", World.MPAN))))
        .isEqualTo("I99");
  }

  private String disableSupply(Party party) {
    RequestDraft draft =
        World.draft(
            world.newRequestId(party, World.ESME),
            CommandVariant.TRANSFORM,
            "7.2",
            XmlElement.of("DisableSupply"));
    return world.send(party, WebService.TRANSFORM, draft).code().code();
  }

  // N42 to both, N27 to the losing supplier, whose schedule (N6) and request (N33) end.
  @Test
  void theMeterGoesOverToAnotherSupplier() {
    leaveScheduleAndRequest();
    changeSupplier();
    assertThat(alerts(World.SUPPLIER)).isEmpty();
    assertThat(disableSupply(World.OTHER_SUPPLIER)).isEqualTo("E4");

    answer(
        7,
        RemotePartyRole.SUPPLIER,
        CellStatus.SUCCESS,
        World.SUPPLIER.id(),
        World.OTHER_SUPPLIER.id());

    assertThat(cells()).containsEntry(RemotePartyRole.SUPPLIER, World.OTHER_SUPPLIER.id());
    String hash =
        Base64.getEncoder()
            .encodeToString(
                Sha256.of(Octets.of(der(World.OTHER_SUPPLIER.commands().certificate()))).toArray());
    String updated =
        "N42 DeviceID="
            + World.ESME.dashed()
            + " RemotePartyRole=Supplier CertificateType=DigitalSigning CertificateHash="
            + hash;
    assertThat(alerts(World.OTHER_SUPPLIER)).containsExactly(updated);
    assertThat(codes(World.SUPPLIER)).containsExactlyInAnyOrder("N42", "N27", "N6", "N33");
    assertThat(alerts(World.SUPPLIER))
        .contains(
            updated,
            "N27 DeviceID="
                + World.ESME.dashed()
                + " DeviceType=ESME ImportMPxN="
                + World.MPAN.value());
    assertThat(world.query(HELD)).containsExactly("CANCELLED");
    assertThat(world.query("SELECT reason FROM dsp.schedule"))
        .containsExactly("CHANGE_OF_SUPPLIER");
    assertThat(disableSupply(World.OTHER_SUPPLIER)).isEqualTo("I0");
    assertThat(disableSupply(World.SUPPLIER)).isEqualTo("E4");
  }

  @Test
  void aMeterThatRefusesTheCertificateStaysWithItsSupplier() {
    leaveScheduleAndRequest();
    changeSupplier();
    answer(
        7,
        RemotePartyRole.SUPPLIER,
        CellStatus.BAD_CERTIFICATE,
        World.SUPPLIER.id(),
        World.SUPPLIER.id());
    assertThat(cells()).containsEntry(RemotePartyRole.SUPPLIER, World.SUPPLIER.id());
    assertThat(alerts(World.SUPPLIER)).isEmpty();
    assertThat(alerts(World.OTHER_SUPPLIER)).isEmpty();
    assertThat(world.query(HELD)).containsExactly("HELD");
  }

  // 8.5: N2 to the others, N3 and N4 for what ends; nothing can be sent to the meter after that.
  @Test
  void aMeterLeavesTheService() {
    leaveScheduleAndRequest();
    String der = base64(World.SUPPLIER.commands().certificate());
    assertThat(
            send(
                World.SUPPLIER,
                "8.5",
                XmlElement.of(
                    "ServiceOptOut",
                    leaf("ExecutionDateTime", tomorrow().minusSeconds(80_000)),
                    leaf("ACBFloorSeqNumber", 1),
                    XmlElement.of(
                        "ReplacementCertificates",
                        leaf("DigitalSigningCertificate", der),
                        leaf(
                            "KeyAgreementCertificate",
                            base64(World.SUPPLIER.agreement().certificate()))),
                    XmlElement.of("CertificationPathCertificates", leaf("Certificate", der)),
                    leaf("ApplyTimeBasedCPVChecks", false))))
        .isEqualTo("I99");
    world.clock.advance(Duration.ofHours(2));
    world.lookAfterDue();
    answer(
        4,
        RemotePartyRole.ACCESS_CONTROL_BROKER,
        CellStatus.SUCCESS,
        World.BROKER,
        World.SUPPLIER.id());

    assertThat(status()).contains(SmiStatus.WITHDRAWN);
    assertThat(codes(World.SUPPLIER)).containsExactlyInAnyOrder("N3", "N4");
    assertThat(codes(World.NETWORK_OPERATOR)).containsExactly("N2");
    assertThat(world.query(HELD)).containsExactly("CANCELLED");
    assertThat(send(World.SUPPLIER, "4.1.1", XmlElement.of("ReadInstantaneousImportRegisters")))
        .isEqualTo("E5");
  }

  // 6.21 after a recovery: N45 to those who are responsible.
  @Test
  void aRecoveredMeterIsBackInService() {
    world.putMeter(SmiStatus.RECOVERY);
    String der = base64(World.SUPPLIER.commands().certificate());
    assertThat(
            send(
                World.SUPPLIER,
                "6.21",
                XmlElement.of(
                    "RequestHandoverOfDCCControlledDevice",
                    leaf("RemotePartyRole", "Supplier"),
                    leaf("RemotePartyFloorSeqNumber", 1),
                    XmlElement.of(
                        "ReplacementCertificates", leaf("DigitalSigningCertificate", der)),
                    XmlElement.of("CertificationPathCertificates", leaf("Certificate", der)),
                    leaf("ApplyTimeBasedCPVChecks", false))))
        .isEqualTo("I99");
    answer(2, RemotePartyRole.SUPPLIER, CellStatus.SUCCESS, World.BROKER, World.SUPPLIER.id());
    assertThat(status()).contains(SmiStatus.RECOVERED);
    assertThat(codes(World.SUPPLIER)).containsExactlyInAnyOrder("N45", "N42");
    assertThat(codes(World.NETWORK_OPERATOR)).containsExactly("N45");
  }
}
