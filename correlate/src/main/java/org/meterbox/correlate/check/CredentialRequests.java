// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.expectation.Der;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.correlate.keys.CertificateReading;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;

/**
 * Certificates on a device: 6.15.1 (GBCS CS02b, CS02g), 6.15.2 (CS02d), 6.17 (CS02c), 6.24.2
 * (CS02e).
 */
final class CredentialRequests {
  private static final Octets DIGITAL_SIGNATURE = Octets.ofHex("03020780");
  private static final Octets KEY_AGREEMENT = Octets.ofHex("03020308");
  private static final int TAG_TIME_CHECKS = 0x81;
  private static final int TAG_AUTHORISING_CELL = 0xA2;
  private static final int TAG_AUTHORISING_COUNTER = 0x83;
  private static final int TAG_NEW_FLOOR = 0x84;
  private static final int TAG_SPECIALIST_FLOORS = 0xA5;
  private static final int TAG_OTHER_FLOORS = 0xA6;
  private static final int NO_TIME_CHECKS = 1;
  private static final int PREPAYMENT_FLOOR = 0;
  private static final int PREPAYMENT_CELL = 1;

  /**
   * Who replaces whose certificates.
   *
   * @param useCase message code
   * @param mode CredentialControl mode
   * @param authoriser role of the sender
   * @param holder role of the party whose certificates are replaced
   */
  private record Replacement(int useCase, int mode, int authoriser, int holder) {
    boolean ofItself() {
      return authoriser == holder;
    }
  }

  private static final int SUPPLIER = 2;
  private static final int NETWORK_OPERATOR = 3;
  private static final int LOAD_CONTROLLER = 8;

  private CredentialRequests() {}

  static List<Expectation> ofKnownParty(OriginalRequest request) throws ElementException {
    XmlElement role = request.body().child("RemotePartyRole");
    List<Expectation> expectations = new ArrayList<>();
    for (Replacement replacement : replacements(role)) {
      expectations.add(
          Expectation.of(replacement.useCase(), update(request, replacement).payload()));
    }
    return expectations;
  }

  private static List<Replacement> replacements(XmlElement role) throws ElementException {
    return switch (role.token()) {
      case "Supplier" -> List.of(new Replacement(0x0102, 2, SUPPLIER, SUPPLIER));
      case "NetworkOperator" ->
          List.of(new Replacement(0x0103, 3, NETWORK_OPERATOR, NETWORK_OPERATOR));
      case "LoadController" ->
          List.of(
              new Replacement(0x0126, 11, SUPPLIER, LOAD_CONTROLLER),
              new Replacement(0x0125, 10, LOAD_CONTROLLER, LOAD_CONTROLLER));
      default -> throw role.fault("is no role whose certificates a user replaces");
    };
  }

  private static Der update(OriginalRequest request, Replacement replacement)
      throws ElementException {
    XmlElement body = request.body();
    List<Der> parts = new ArrayList<>();
    parts.add(control(request, replacement));
    parts.add(replacements(body, replacement));
    parts.add(path(body.child("CertificationPathCertificates")));
    Activation.of(request).generalizedTime().ifPresent(parts::add);
    return Der.sequence("the replacement of credentials", parts);
  }

  private static Der control(OriginalRequest request, Replacement replacement)
      throws ElementException {
    XmlElement body = request.body();
    List<Der> parts = new ArrayList<>();
    parts.add(Der.integer("mode of the replacement", replacement.mode()));
    XmlElement timeChecks = body.child("ApplyTimeBasedCPVChecks");
    if (!timeChecks.bool()) {
      parts.add(Der.integer(timeChecks, TAG_TIME_CHECKS, NO_TIME_CHECKS));
    }
    parts.add(
        Der.sequence(
            TAG_AUTHORISING_CELL,
            "the authorising cell",
            Der.integer("role of the sender", replacement.authoriser()),
            Der.prescribed("key usage of the sender", DIGITAL_SIGNATURE)));
    parts.add(
        Der.integer(
            "the originator counter",
            TAG_AUTHORISING_COUNTER,
            request.requestId().counter().value()));
    addFloors(parts, body, replacement);
    return Der.sequence("the control of the replacement", parts);
  }

  private static void addFloors(List<Der> parts, XmlElement body, Replacement replacement)
      throws ElementException {
    Optional<XmlElement> floor = body.find("RemotePartyFloorSeqNumber");
    Optional<XmlElement> prepayment = body.find("RemotePartyPrepaymentTopUpFloorSeqNumber");
    if (floor.isPresent() && replacement.ofItself()) {
      parts.add(Der.integer(floor.get(), TAG_NEW_FLOOR, counter(floor.get())));
    }
    if (prepayment.isPresent()) {
      parts.add(
          Der.sequence(
              TAG_SPECIALIST_FLOORS,
              "the floors for special uses",
              Der.sequence(
                  "the floor for prepayment",
                  Der.integer("use of the floor", PREPAYMENT_FLOOR),
                  Der.integer(prepayment.get(), counter(prepayment.get())))));
    }
    if (floor.isPresent() && !replacement.ofItself()) {
      parts.add(
          Der.sequence(
              TAG_OTHER_FLOORS,
              "the floors of other parties",
              Der.sequence(
                  "the floor of the other party",
                  Der.integer("role of the other party", replacement.holder()),
                  Der.integer(floor.get(), counter(floor.get())))));
    }
  }

  private static long counter(XmlElement floor) throws ElementException {
    return Requested.within(floor, 0, Long.MAX_VALUE);
  }

  private static Der replacements(XmlElement body, Replacement replacement)
      throws ElementException {
    XmlElement certificates = body.child("ReplacementCertificates").onlyChild();
    List<Der> parts = new ArrayList<>();
    for (XmlElement certificate : certificates.children()) {
      Der role = Der.integer("role of the holder", replacement.holder());
      List<Der> cell = new ArrayList<>();
      cell.add(role);
      switch (certificate.localName()) {
        case "DigitalSigningCertificate" -> {
          requireUse(certificate, KeyUse.DIGITAL_SIGNATURE);
          cell.add(Der.prescribed("key usage of the holder", DIGITAL_SIGNATURE));
        }
        case "KeyAgreementCertificate" -> {
          requireUse(certificate, KeyUse.KEY_AGREEMENT);
          cell.add(Der.prescribed("key usage of the holder", KEY_AGREEMENT));
        }
        case "KeyAgreementTopUpCertificate" -> {
          requireUse(certificate, KeyUse.PREPAYMENT_TOP_UP);
          if (replacement.holder() != SUPPLIER) {
            throw certificate.fault("is for a supplier only");
          }
          cell.add(Der.prescribed("key usage of the holder", KEY_AGREEMENT));
          cell.add(Der.integer("cell for prepayment", PREPAYMENT_CELL));
        }
        default -> throw certificate.fault("is no certificate that can be replaced");
      }
      parts.add(
          Der.sequence(
              "a replacement",
              Der.certificate(certificate),
              Der.sequence("the cell that is replaced", cell)));
    }
    return Der.sequence("the replacements", parts);
  }

  /** In the cell of another use the device's party could no longer be reached. */
  private static void requireUse(XmlElement certificate, KeyUse use) throws ElementException {
    try {
      if (!CertificateReading.isFor(use, certificate.base64().toArray())) {
        throw certificate.fault(
            use == KeyUse.DIGITAL_SIGNATURE
                ? "certifies no key for digital signatures"
                : "certifies no key for key agreement");
      }
    } catch (CertificateException malformed) {
      throw certificate.fault("is no X.509 certificate");
    }
  }

  private static Der path(XmlElement element) throws ElementException {
    List<Der> parts = new ArrayList<>();
    for (XmlElement certificate : element.children("Certificate")) {
      parts.add(Der.certificate(certificate));
    }
    return Der.sequence("the certification path", parts);
  }

  static List<Expectation> ofDevice(OriginalRequest request) throws ElementException {
    XmlElement certificate = request.body().child("DeviceCertificate");
    return List.of(Expectation.of(0x000B, Der.certificate(certificate).payload()));
  }

  static List<Expectation> issue(OriginalRequest request) throws ElementException {
    return List.of(Expectation.of(0x000A, keyUsage(request).payload()));
  }

  static List<Expectation> retrieve(OriginalRequest request) throws ElementException {
    return List.of(Expectation.of(0x000C, keyUsage(request).payload()));
  }

  private static Der keyUsage(OriginalRequest request) throws ElementException {
    XmlElement type = request.body().child("CredentialType");
    Octets usage =
        switch (type.token()) {
          case "Digital Signature" -> DIGITAL_SIGNATURE;
          case "Key Agreement" -> KEY_AGREEMENT;
          default -> throw type.fault("is no kind of credential");
        };
    return Der.sequence("the key usage", Der.requested(type, usage));
  }
}
