// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.correlate.expectation.Der;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;

/** Joining devices: 8.7.1 (GBCS CS03A1, CS03A2, CS03C), 8.8.1 (CS04AC). */
final class JoiningRequests {
  private static final MessageCode METHOD_C = new MessageCode(0x00AF);

  /**
   * One way to tell a device of another.
   *
   * @param useCase message code
   * @param addressed what the device is that is told
   * @param role methodAndRole
   * @param others what the other device may be, and its number
   */
  private record Method(int useCase, DeviceType addressed, int role, List<Other> others) {}

  private record Other(DeviceType type, int number) {}

  private static final Other ESME = new Other(DeviceType.ESME, 1);
  private static final Other HCALCS = new Other(DeviceType.HCALCS, 4);
  private static final Other PPMID = new Other(DeviceType.PPMID, 5);

  /** An electricity meter learns of a device that acts on it. */
  private static final Method A_INITIATOR =
      new Method(0x000D, DeviceType.ESME, 0, List.of(HCALCS, PPMID));

  /** A switch learns of its electricity meter. */
  private static final Method A_RESPONDER = new Method(0x00AB, DeviceType.HCALCS, 1, List.of(ESME));

  private static final int ROLE_C = 3;

  private JoiningRequests() {}

  static List<Expectation> join(OriginalRequest request, UserKnowledge knowledge)
      throws ElementException {
    XmlElement other = request.body().child("OtherDeviceID");
    Set<DeviceType> possible = knowledge.deviceTypes().possible(other.eui64());
    Set<DeviceType> addressed = knowledge.deviceTypes().possible(request.requestId().target());
    List<Expectation> expectations = new ArrayList<>();
    for (Method method : List.of(A_INITIATOR, A_RESPONDER)) {
      for (Other kind : method.others()) {
        if (possible.contains(kind.type()) && addressed.contains(method.addressed())) {
          expectations.add(
              Expectation.of(
                  method.useCase(),
                  joining(method.role(), other, kind, Optional.empty()).payload()));
        }
      }
    }
    if (possible.contains(PPMID.type()) && addressed.contains(DeviceType.GSME)) {
      expectations.addAll(methodC(other, knowledge));
    }
    if (expectations.isEmpty()) {
      throw other.fault("is a device that the addressed one does not join with");
    }
    return expectations;
  }

  /**
   * A gas meter learns of a prepayment interface and gets its certificate, which the user knows.
   */
  private static List<Expectation> methodC(XmlElement other, UserKnowledge knowledge)
      throws ElementException {
    Eui64 device = other.eui64();
    List<PartyCertificate> certificates =
        knowledge.certificates().certificates(device, KeyUse.KEY_AGREEMENT).stream()
            .filter(certificate -> !certificate.encoded().isEmpty())
            .toList();
    if (certificates.isEmpty()) {
      return List.of(
          new Expectation.Unknowable(
              METHOD_C,
              String.format(
                  Locale.ROOT, "no certificate for key agreement of %s is known", device)));
    }
    List<Expectation> expectations = new ArrayList<>();
    for (PartyCertificate certificate : certificates) {
      Der der =
          Der.requested(
              "the certificate of the other device", certificate.toString(), certificate.encoded());
      expectations.add(
          Expectation.of(
              METHOD_C.value(), joining(ROLE_C, other, PPMID, Optional.of(der)).payload()));
    }
    return expectations;
  }

  private static Der joining(int role, XmlElement other, Other kind, Optional<Der> certificate)
      throws ElementException {
    List<Der> parts = new ArrayList<>();
    parts.add(Der.integer("method and role", role));
    parts.add(Der.octetString(other, other.eui64().octets()));
    parts.add(Der.integer("type of the other device: " + kind.type(), kind.number()));
    certificate.ifPresent(parts::add);
    return Der.sequence("the other device", parts);
  }

  static List<Expectation> unjoin(OriginalRequest request) throws ElementException {
    XmlElement other = request.body().child("OtherDeviceID");
    return List.of(
        Expectation.of(0x000F, Der.octetString(other, other.eui64().octets()).payload()));
  }
}
