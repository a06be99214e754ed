// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import java.util.Locale;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Auxiliary loads now: 7.5, 7.6, 7.8 (GBCS ECS47), 7.12 (ECS38), 7.13 (ECS47a), 7.16 (ECS47e). */
final class AuxiliaryRequests {
  private static final CosemAttribute SCRIPTS = CosemAttribute.of(9, "0-0:10.0.103.255", 1);
  private static final CosemAttribute LIMIT_SCRIPTS = CosemAttribute.of(9, "0-0:10.0.107.255", 1);
  private static final int SCRIPT_ACTIVATE = 0x11;
  private static final int SCRIPT_DEACTIVATE = 0x12;
  private static final int SCRIPT_RESET = 0x20;
  private static final int MAX_OFFSET_SECONDS = 1_799;

  private AuxiliaryRequests() {}

  static List<Expectation> activate(OriginalRequest request) throws ElementException {
    return forDuration(request, request.body().child("ActivateALCSHCALCS"), 1, SCRIPT_ACTIVATE);
  }

  static List<Expectation> deactivate(OriginalRequest request) throws ElementException {
    return forDuration(request, request.body().child("DeactivateALCSHCALCS"), 2, SCRIPT_DEACTIVATE);
  }

  private static List<Expectation> forDuration(
      OriginalRequest request, XmlElement action, int part, int script) throws ElementException {
    int number = number(action);
    return List.of(
        Expectation.of(
            0x0055,
            new DlmsCommand(request.requestId().counter())
                .set(
                    controller(number, part),
                    String.format(Locale.ROOT, "duration for switch %d", number),
                    Data.uint16(action.child("Duration")))
                .action(SCRIPTS, "scripts of the switches", script(action, number, script))
                .payload()));
  }

  static List<Expectation> reset(OriginalRequest request) throws ElementException {
    XmlElement action = request.body().child("ResetALCSHCALCS");
    return List.of(
        Expectation.of(
            0x0055,
            new DlmsCommand(request.requestId().counter())
                .action(
                    SCRIPTS,
                    "scripts of the switches",
                    script(action, number(action), SCRIPT_RESET))
                .payload()));
  }

  private static int number(XmlElement action) throws ElementException {
    return Requested.attribute(action, "index", 1, AuxiliaryLevel.MAX_CONTROLLERS);
  }

  private static Data script(XmlElement action, int number, int script) {
    return Data.requested(
        Requested.path(action, "index"),
        Integer.toString(number),
        new DlmsValue.UInt16((number << 8) | script));
  }

  static List<Expectation> randomisedOffset(OriginalRequest request) throws ElementException {
    XmlElement limit = request.body().child("RandomisedOffsetLimit");
    int seconds = (int) Requested.within(limit, 0, MAX_OFFSET_SECONDS);
    return List.of(
        Expectation.of(
            0x004B,
            new DlmsCommand(request.requestId().counter())
                .set(
                    CosemAttribute.of(1, "0-0:94.44.0.1", 2),
                    "randomised offset limit",
                    Data.requested(limit, new DlmsValue.UInt16(seconds)))
                .payload()));
  }

  static List<Expectation> state(OriginalRequest request) throws ElementException {
    return List.of(between(request, 0x011E, 1, SCRIPTS));
  }

  static List<Expectation> limit(OriginalRequest request) throws ElementException {
    return List.of(between(request, 0x011F, 3, LIMIT_SCRIPTS));
  }

  /** A level from one time to another; the times stand in two objects beside each other. */
  private static Expectation between(
      OriginalRequest request, int useCase, int part, CosemAttribute scripts)
      throws ElementException {
    XmlElement body = request.body();
    int number =
        Requested.attribute(body, "auxiliaryControllerN", 1, AuxiliaryLevel.MAX_CONTROLLERS);
    return Expectation.of(
        useCase,
        new DlmsCommand(request.requestId().counter())
            .set(
                controller(number, part),
                String.format(Locale.ROOT, "start for controller %d", number),
                Moments.dateTime(body.child("StartDateTime")))
            .set(
                controller(number, part + 1),
                String.format(Locale.ROOT, "end for controller %d", number),
                Moments.dateTime(body.child("EndDateTime")))
            .action(scripts, "scripts of the controllers", AuxiliaryLevel.of(body, 0))
            .payload());
  }

  private static CosemAttribute controller(int number, int part) {
    return CosemAttribute.of(
        1, String.format(Locale.ROOT, "0-0:94.44.%d.%d", 116 + number, part), 2);
  }
}
