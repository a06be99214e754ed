// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiLifecycle;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * 8.6 Service Opt In: a withdrawn device comes back. The answer brings the Access Control Broker's
 * certificates, which the supplier puts on the device by other means; then the device is announced
 * like a new one.
 */
final class OptIn {
  private OptIn() {}

  static EstateDecision decide(EstateFacts facts, XmlElement body, Instant now)
      throws ElementException {
    if (facts.device().isEmpty()) {
      return EstateDecision.refused(ResponseCode.E19, "the inventory does not know the device");
    }
    Device device = facts.device().get().device();
    if (!device.type().name().equals(body.child("DeviceType").token())) {
      return EstateDecision.refused(EstateCode.OPT_IN_TYPE, "the device is of another type");
    }
    Optional<SmiStatus> next =
        device
            .status()
            .flatMap(status -> SmiLifecycle.next(device.type(), status, SmiTrigger.OPTED_IN));
    if (next.isEmpty()) {
      return EstateDecision.refused(
          EstateCode.OPT_IN_NOT_WITHDRAWN, "the device was not withdrawn");
    }
    LocalDate day = body.date("OptInDate");
    if (day.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
      return EstateDecision.refused(EstateCode.OPT_IN_PAST, "the day of opting in has passed");
    }
    Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant when = from.isBefore(now) ? now : from;
    MeterPoints points = points(body.child("MPxNs"));
    boolean registered =
        points.imported().isPresent()
            && points.all().stream()
                .allMatch(mpxn -> Responsibility.suppliesNamed(facts, mpxn, when));
    if (!registered) {
      return EstateDecision.refused(
          EstateCode.OPT_IN_NOT_REGISTERED,
          "the sender is not the registered supplier of the meter points on that day");
    }
    if (InventoryUpdates.isTaken(facts, device)) {
      return EstateDecision.refused(
          EstateCode.OPT_IN_METER_POINT_TAKEN, "another device serves a meter point");
    }
    return optedIn(facts, device.in(next).serving(points), device);
  }

  private static EstateDecision optedIn(EstateFacts facts, Device after, Device before) {
    Optional<Octets> agreement = facts.broker().agreement();
    if (agreement.isEmpty()) {
      return new EstateDecision.Refused(
          Refusal.withoutOwnCode(
              "the repository holds no key agreement certificate of the broker"));
    }
    XmlElement result =
        XmlElement.builder(DuisNames.DUIS, "DSPOptIn")
            .leaf("DeviceID", after.id().dashed())
            .child(
                facts
                    .broker()
                    .signing()
                    .map(der ->
                        XmlElement.leaf("DSPBrokerSecurityCredentialsDigitalSigning", base64(der))))
            .leaf("DSPBrokerSecurityCredentialsKeyAgreement", base64(agreement.get()))
            .build();
    return new EstateDecision.Done(
        ResponseCode.I0,
        new ResponseData.DspResult(result),
        List.of(
            new Consequence.ChangeDevice(before, after.at(Optional.empty()), SmiTrigger.OPTED_IN)));
  }

  private static MeterPoints points(XmlElement named) {
    return new MeterPoints(
        point(named, "ImportMPxN"),
        point(named, "SecondaryImportMPAN"),
        point(named, "ExportMPAN"));
  }

  private static Optional<Mpxn> point(XmlElement named, String name) {
    return named.find(name).flatMap(found -> EstateServices.meterPoint(found.token()));
  }

  private static String base64(Octets der) {
    return Base64.getEncoder().encodeToString(der.toArray());
  }
}
