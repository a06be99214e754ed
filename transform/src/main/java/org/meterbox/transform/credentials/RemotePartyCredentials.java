// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.credentials;

import static org.meterbox.kernel.DeviceType.CHF;
import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.kernel.DeviceType.GPF;
import static org.meterbox.kernel.DeviceType.GSME;
import static org.meterbox.kernel.DeviceType.HCALCS;
import static org.meterbox.kernel.DeviceType.PPMID;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CredentialContent.ProvideCredentials;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentials;
import org.meterbox.gbcs.asn1.CredentialControl;
import org.meterbox.gbcs.asn1.FloorChange;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.SpecialistFloor;
import org.meterbox.gbcs.asn1.TrustAnchorCell;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;
import org.meterbox.transform.TranslationRequest;

/** The credentials of remote parties on a device (CS02a, CS02b, CS02f and CS02g). */
public final class RemotePartyCredentials {
  private static final Set<DeviceType> ANY = Set.of(ESME, GSME, CHF, GPF, HCALCS, PPMID);
  private static final Set<DeviceType> HOLDERS = Set.of(ESME, GSME, GPF, HCALCS);
  private static final int SUPPLIER_BY_SUPPLIER = 2;
  private static final int NETWORK_OPERATOR_BY_NETWORK_OPERATOR = 3;
  private static final int BROKER_BY_BROKER = 4;
  private static final int SUPPLIER_BY_CHANGE_OF_SUPPLIER = 7;
  private static final int LOAD_CONTROLLER_BY_SUPPLIER = 11;
  private static final int DISAPPLY = 1;

  /** The mappings of this family; the role that the request names chooses. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          Mapping.of("6.24.1", Set.of(ESME), "CS02f", 0x011B, RemotePartyCredentials::provide)
              .when(subject -> names(subject, "LoadController")),
          Mapping.of("6.24.1", ANY, "CS02a", 0x0008, RemotePartyCredentials::provide),
          Mapping.of("6.15.1", HOLDERS, "CS02b", 0x0102, t -> ofUser(t, SUPPLIER_BY_SUPPLIER))
              .when(subject -> names(subject, "Supplier")),
          Mapping.of(
                  "6.15.1",
                  HOLDERS,
                  "CS02b",
                  0x0103,
                  t -> ofUser(t, NETWORK_OPERATOR_BY_NETWORK_OPERATOR))
              .when(subject -> names(subject, "NetworkOperator")),
          Mapping.of(
                  "6.15.1",
                  Set.of(ESME),
                  "CS02g",
                  0x0126,
                  t -> ofUser(t, LOAD_CONTROLLER_BY_SUPPLIER))
              .when(subject -> names(subject, "LoadController")),
          Mapping.of("6.21", HOLDERS, "CS02b", 0x0102, t -> handover(t, SUPPLIER_BY_SUPPLIER))
              .when(subject -> names(subject, "Supplier")),
          Mapping.of(
                  "6.21",
                  HOLDERS,
                  "CS02b",
                  0x0103,
                  t -> handover(t, NETWORK_OPERATOR_BY_NETWORK_OPERATOR))
              .when(subject -> names(subject, "NetworkOperator")),
          Mapping.of("6.23", HOLDERS, "CS02b", 0x0107, RemotePartyCredentials::changeOfSupplier),
          Mapping.of("8.5", HOLDERS, "CS02b", 0x0104, RemotePartyCredentials::optOut));

  private RemotePartyCredentials() {}

  private static boolean names(TranslationRequest subject, String role) {
    return subject.request().body().children("RemotePartyRole").stream()
        .anyMatch(named -> named.token().equals(role));
  }

  /** The broker asks: its cell authorises. */
  private static Octets provide(Translation translation) throws ElementException {
    List<Integer> roles = new ArrayList<>();
    for (XmlElement role : translation.body().children("RemotePartyRole")) {
      roles.add(role(role).code());
    }
    return Asn1Payload.of(
            new ProvideCredentials(
                TrustAnchorCell.of(RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUsage.KEY_AGREEMENT),
                roles))
        .encode();
  }

  private static RemotePartyRole role(XmlElement named) throws ElementException {
    return switch (named.token()) {
      case "Root" -> RemotePartyRole.ROOT;
      case "Recovery" -> RemotePartyRole.RECOVERY;
      case "Supplier" -> RemotePartyRole.SUPPLIER;
      case "NetworkOperator" -> RemotePartyRole.NETWORK_OPERATOR;
      case "ACB" -> RemotePartyRole.ACCESS_CONTROL_BROKER;
      case "TransCoS" -> RemotePartyRole.TRANSITIONAL_COS;
      case "WANProvider" -> RemotePartyRole.WAN_PROVIDER;
      case "LoadController" -> RemotePartyRole.LOAD_CONTROLLER;
      default -> throw named.fault("names no role that a device knows");
    };
  }

  private static Octets ofUser(Translation translation, int mode) throws ElementException {
    XmlElement body = translation.body();
    XmlElement certificates =
        body.child("ReplacementCertificates").child("SupplierOrNetworkOperatorCertificates");
    boolean loadController = mode == LOAD_CONTROLLER_BY_SUPPLIER;
    RemotePartyRole role = role(body.child("RemotePartyRole"));
    RemotePartyRole authoriser = loadController ? RemotePartyRole.SUPPLIER : role;
    Optional<OriginatorCounter> floor = floor(body);
    CredentialControl control =
        new CredentialControl(
            mode,
            Optional.empty(),
            checks(body),
            Optional.of(TrustAnchorCell.of(authoriser, KeyUsage.DIGITAL_SIGNATURE)),
            translation.header().messageId().counter(),
            loadController ? Optional.empty() : floor,
            topUpFloor(body, "RemotePartyPrepaymentTopUpFloorSeqNumber"),
            loadController
                ? floor.map(
                    counter -> List.of(new FloorChange(role.code(), counter, Optional.empty())))
                : Optional.empty());
    return update(
        control, replacements(certificates, role), body, DeviceManagement.execution(body));
  }

  private static Optional<OriginatorCounter> floor(XmlElement body) throws ElementException {
    Optional<XmlElement> floor = body.find("RemotePartyFloorSeqNumber");
    return floor.isPresent() ? Optional.of(counter(floor.get())) : Optional.empty();
  }

  private static Octets handover(Translation translation, int mode) throws ElementException {
    XmlElement body = translation.body();
    RemotePartyRole role = role(body.child("RemotePartyRole"));
    CredentialControl control =
        new CredentialControl(
            mode,
            Optional.empty(),
            checks(body),
            Optional.of(TrustAnchorCell.of(role, KeyUsage.DIGITAL_SIGNATURE)),
            translation.header().messageId().counter(),
            floor(body),
            topUpFloor(body, "RemotePartyPrepaymentTopUpFloorSeqNumber"),
            Optional.empty());
    return update(
        control, replacements(body.child("ReplacementCertificates"), role), body, Optional.empty());
  }

  private static Octets optOut(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    CredentialControl control =
        new CredentialControl(
            BROKER_BY_BROKER,
            Optional.empty(),
            checks(body),
            Optional.empty(),
            translation.header().messageId().counter(),
            Optional.of(counter(body.child("ACBFloorSeqNumber"))),
            Optional.empty(),
            Optional.empty());
    return update(
        control,
        replacements(body.child("ReplacementCertificates"), RemotePartyRole.ACCESS_CONTROL_BROKER),
        body,
        Optional.empty());
  }

  private static Octets changeOfSupplier(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    FloorChange floor =
        new FloorChange(
            RemotePartyRole.SUPPLIER.code(),
            counter(body.child("SupplierFloorSeqNumber")),
            topUpFloor(body, "SupplierPrepaymentTopUpFloorSeqNumber"));
    CredentialControl control =
        new CredentialControl(
            SUPPLIER_BY_CHANGE_OF_SUPPLIER,
            Optional.empty(),
            checks(body),
            Optional.of(
                TrustAnchorCell.of(RemotePartyRole.TRANSITIONAL_COS, KeyUsage.DIGITAL_SIGNATURE)),
            translation.header().messageId().counter(),
            Optional.empty(),
            Optional.empty(),
            isCancellation(body) ? Optional.empty() : Optional.of(List.of(floor)));
    return update(
        control,
        replacements(body.child("SupplierReplacementCertificates"), RemotePartyRole.SUPPLIER),
        body,
        DeviceManagement.execution(body));
  }

  /** A cancellation leaves the counters alone. */
  private static boolean isCancellation(XmlElement body) throws ElementException {
    return body.has("ExecutionDateTime")
        && body.dateTime("ExecutionDateTime").equals(CosemForms.CANCELLATION);
  }

  /**
   * The command.
   *
   * @param execution when the device is to act, where it and not the DSP waits for that time
   */
  private static Octets update(
      CredentialControl control,
      List<Replacement> replacements,
      XmlElement body,
      Optional<GeneralizedTime> execution)
      throws ElementException {
    List<Certificate> path = new ArrayList<>();
    for (XmlElement authority : body.child("CertificationPathCertificates").children()) {
      path.add(WholeCertificate.of(authority));
    }
    return Asn1Payload.of(new UpdateCredentials(control, replacements, path, execution)).encode();
  }

  private static List<Replacement> replacements(XmlElement certificates, RemotePartyRole role)
      throws ElementException {
    List<Replacement> replacements = new ArrayList<>();
    for (XmlElement certificate : certificates.children()) {
      TrustAnchorCell cell =
          switch (certificate.localName()) {
            case "DigitalSigningCertificate" ->
                TrustAnchorCell.of(role, KeyUsage.DIGITAL_SIGNATURE);
            case "KeyAgreementCertificate" -> TrustAnchorCell.of(role, KeyUsage.KEY_AGREEMENT);
            case "KeyAgreementTopUpCertificate" -> {
              if (role != RemotePartyRole.SUPPLIER) {
                throw certificate.fault("is for a supplier only");
              }
              yield TrustAnchorCell.supplierPrepayment();
            }
            default -> throw certificate.fault("replaces nothing that a device holds");
          };
      KeyUsage use =
          certificate.localName().equals("DigitalSigningCertificate")
              ? KeyUsage.DIGITAL_SIGNATURE
              : KeyUsage.KEY_AGREEMENT;
      replacements.add(new Replacement(WholeCertificate.of(certificate, use), cell));
    }
    return replacements;
  }

  /** Absent where the dates of certificates count. */
  private static Optional<Integer> checks(XmlElement body) throws ElementException {
    return body.bool("ApplyTimeBasedCPVChecks") ? Optional.empty() : Optional.of(DISAPPLY);
  }

  private static Optional<List<SpecialistFloor>> topUpFloor(XmlElement body, String name)
      throws ElementException {
    if (!body.has(name)) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(new SpecialistFloor(SpecialistFloor.PREPAYMENT_TOP_UP, counter(body.child(name)))));
  }

  private static OriginatorCounter counter(XmlElement element) throws ElementException {
    return new OriginatorCounter(element.integer());
  }
}
