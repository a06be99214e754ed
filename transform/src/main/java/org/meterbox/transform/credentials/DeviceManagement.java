// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.credentials;

import static org.meterbox.kernel.DeviceType.CAD;
import static org.meterbox.kernel.DeviceType.CHF;
import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.kernel.DeviceType.GPF;
import static org.meterbox.kernel.DeviceType.GSME;
import static org.meterbox.kernel.DeviceType.HCALCS;
import static org.meterbox.kernel.DeviceType.IHD;
import static org.meterbox.kernel.DeviceType.PPMID;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.ClockContent.SetClock;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentials;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogContent.ReadDeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.RestoreDeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.Unjoin;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivateFirmware;
import org.meterbox.gbcs.asn1.FirmwareContent.ReadFirmwareVersion;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.kernel.DeviceType;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;
import org.meterbox.transform.TranslationContext.NamedDevice;
import org.meterbox.transform.TranslationContext.StoredLog;
import org.meterbox.transform.TranslationRequest;
import org.meterbox.transform.UntranslatableException;

/** Joining, firmware, clocks and a device's own certificates (CS02c to CS08, GCS28, GCS59). */
public final class DeviceManagement {
  private static final Set<DeviceType> METERS = Set.of(ESME, GSME);
  private static final Set<DeviceType> JOINING = Set.of(ESME, GSME, GPF, PPMID, HCALCS);

  private static final int METHOD_A_INITIATOR = 0;
  private static final int METHOD_A_RESPONDER = 1;
  private static final int METHOD_B = 2;
  private static final int METHOD_C = 3;

  /** A device that holds no certificates of meters. */
  private static final int TYPE_2 = 6;

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      Stream.of(joining(), certificates(), others()).flatMap(List::stream).toList();

  private DeviceManagement() {}

  /** Makes an ASN.1 payload's content. */
  @FunctionalInterface
  private interface Content {
    Asn1Content of(Translation translation) throws ElementException, UntranslatableException;
  }

  private static Mapping mapping(
      String variant, Set<DeviceType> targets, String useCase, int code, Content content) {
    return Mapping.of(
        variant,
        targets,
        useCase,
        code,
        translation -> Asn1Payload.of(content.of(translation)).encode());
  }

  /**
   * Which method joins two devices follows from their types: a meter begins method A towards its
   * load control switch or prepayment interface, which responds; a gas proxy and what it serves,
   * and a meter and a display, meet by method B; a gas meter and a prepayment interface know each
   * other by certificate, method C.
   */
  private static List<Mapping> joining() {
    return List.of(
        mapping("8.7.1", Set.of(GSME), "CS03C", 0x00AF, t -> join(t, METHOD_C, PPMID)),
        mapping(
            "8.7.1",
            Set.of(ESME),
            "CS03A1",
            0x000D,
            t -> join(t, METHOD_A_INITIATOR, HCALCS, PPMID)),
        mapping("8.7.1", Set.of(HCALCS), "CS03A2", 0x00AB, t -> join(t, METHOD_A_RESPONDER, ESME)),
        mapping("8.7.2", Set.of(PPMID), "CS03C", 0x00AF, t -> join(t, METHOD_C, GSME))
            .when(subject -> isWith(subject, GSME)),
        mapping("8.7.2", Set.of(PPMID), "CS03B", 0x000E, t -> join(t, METHOD_B, GPF))
            .when(subject -> isWith(subject, GPF)),
        mapping("8.7.2", Set.of(PPMID), "CS03A2", 0x00AB, t -> join(t, METHOD_A_RESPONDER, ESME)),
        mapping("8.7.2", Set.of(ESME), "CS03B", 0x000E, t -> join(t, METHOD_B, IHD, CAD)),
        mapping("8.7.2", Set.of(GSME), "CS03B", 0x000E, t -> join(t, METHOD_B, GPF)),
        mapping(
            "8.7.2", Set.of(GPF), "CS03B", 0x000E, t -> join(t, METHOD_B, GSME, PPMID, IHD, CAD)),
        mapping("8.8.1", Set.of(ESME, GSME, HCALCS), "CS04AC", 0x000F, DeviceManagement::unjoin),
        mapping("8.8.2", Set.of(ESME, GSME, GPF), "CS04B", 0x0010, DeviceManagement::unjoin),
        mapping("8.8.2", Set.of(PPMID), "CS04B", 0x0010, DeviceManagement::unjoin)
            .when(subject -> isWith(subject, GPF)),
        mapping("8.8.2", Set.of(PPMID), "CS04AC", 0x000F, DeviceManagement::unjoin));
  }

  private static boolean isWith(TranslationRequest subject, DeviceType type) {
    try {
      NamedDevice other =
          subject.context().inventory().get(subject.request().body().eui64("OtherDeviceID"));
      return other != null && other.type() == type;
    } catch (ElementException unreadable) {
      // Making the payload will refuse the request with the element's path.
      return false;
    }
  }

  private static Join join(Translation translation, int method, DeviceType... partners)
      throws ElementException, UntranslatableException {
    XmlElement named = translation.body().child("OtherDeviceID");
    NamedDevice other = translation.context().inventory().get(named.eui64());
    if (other == null) {
      throw UntranslatableException.unknownDevice(named);
    }
    if (!List.of(partners).contains(other.type())) {
      throw named.fault("names a device of another type than this one joins with");
    }
    Optional<Certificate> certificate = Optional.empty();
    if (method == METHOD_C) {
      certificate = other.agreementCertificate().map(Certificate::new);
      if (certificate.isEmpty()) {
        throw UntranslatableException.lacking(named, "the key agreement certificate");
      }
    }
    return new Join(method, named.eui64(), typeCode(other.type()), certificate);
  }

  /** The device type's number in GBCS's ASN.1. */
  private static int typeCode(DeviceType type) {
    return switch (type) {
      case GSME -> 0;
      case ESME -> 1;
      case CHF -> 2;
      case GPF -> 3;
      case HCALCS -> 4;
      case PPMID -> 5;
      case IHD, CAD -> TYPE_2;
    };
  }

  private static Unjoin unjoin(Translation translation) throws ElementException {
    return new Unjoin(translation.body().eui64("OtherDeviceID"));
  }

  private static List<Mapping> certificates() {
    Set<DeviceType> any = Set.of(ESME, GSME, CHF, GPF, PPMID, HCALCS);
    return List.of(
        mapping("6.17", any, "CS02c", 0x000A, t -> new IssueCredentials(keyUsage(t))),
        mapping(
            "6.15.2",
            any,
            "CS02d",
            0x000B,
            t ->
                new UpdateDeviceCertificate(
                    WholeCertificate.of(t.body().child("DeviceCertificate")))),
        mapping("6.24.2", any, "CS02e", 0x000C, t -> new ProvideDeviceCertificate(keyUsage(t))));
  }

  private static KeyUsage keyUsage(Translation translation) throws ElementException {
    String type = translation.body().child("CredentialType").token();
    return type.equals("Digital Signature") ? KeyUsage.DIGITAL_SIGNATURE : KeyUsage.KEY_AGREEMENT;
  }

  private static List<Mapping> others() {
    return List.of(
        mapping("11.3", METERS, "CS06", 0x0012, DeviceManagement::activateFirmware),
        mapping("11.2", Set.of(PPMID, HCALCS), "CS08", 0x0129, t -> new ReadFirmwareVersion()),
        mapping("8.9", JOINING, "CS07", 0x0013, t -> new ReadDeviceLog()),
        mapping("6.11", Set.of(GSME), "GCS28", 0x007F, DeviceManagement::clock),
        mapping("8.1.1", Set.of(GSME), "GCS28", 0x007F, DeviceManagement::clock),
        mapping("8.12.2", Set.of(GPF), "GCS59", 0x008C, DeviceManagement::restoreLog));
  }

  private static ActivateFirmware activateFirmware(Translation translation)
      throws ElementException {
    return new ActivateFirmware(
        translation.body().hex("FirmwareHash"),
        translation.header().messageId().counter(),
        execution(translation.body()));
  }

  /** Empty for at once; the end of time for a cancellation. */
  static Optional<GeneralizedTime> execution(XmlElement body) throws ElementException {
    if (!body.has("ExecutionDateTime")) {
      return Optional.empty();
    }
    var when = body.dateTime("ExecutionDateTime");
    return Optional.of(
        when.equals(CosemForms.CANCELLATION) ? GeneralizedTime.NEVER : GeneralizedTime.of(when));
  }

  private static SetClock clock(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    var start = body.dateTime("CurrentDateTime");
    long tolerance = CosemForms.within(body.child("TolerancePeriod"), 0, 86_400);
    return new SetClock(
        GeneralizedTime.of(start), GeneralizedTime.of(start.plusSeconds(tolerance)));
  }

  private static RestoreDeviceLog restoreLog(Translation translation)
      throws UntranslatableException {
    if (!(translation.context().storedLog().orElse(null) instanceof StoredLog.OfGasProxy stored)) {
      throw UntranslatableException.lacking(translation.body(), "the last device log");
    }
    return new RestoreDeviceLog(
        stored.entries().stream()
            .map(entry -> new DeviceLogEntry(entry.device(), entry.typeCode()))
            .toList());
  }
}
