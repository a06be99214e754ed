// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import java.util.Locale;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.DlmsCommand;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Settings of an electricity meter: 6.4.1 (GBCS ECS28a), 6.25 (ECS81), 6.26 (ECS48). */
final class MeterSettings {
  private static final CosemAttribute DAILY_RESET = CosemAttribute.of(22, "0-0:15.1.0.255", 4);
  private static final DlmsValue MIDNIGHT = DlmsValue.OctetString.ofHex("00000000");
  private static final DlmsValue NO_TIME = DlmsValue.OctetString.ofHex("FFFFFFFF");
  private static final DlmsValue ANY_DATE = DlmsValue.OctetString.ofHex("FFFFFFFFFF");

  private MeterSettings() {}

  static List<Expectation> loadLimiting(OriginalRequest request) throws ElementException {
    XmlElement body = request.body();
    Data time = Activation.of(request).dlms();
    return List.of(
        Expectation.of(
            0x0043,
            new DlmsCommand(request.requestId().counter())
                .set(extended("0.3", 4), "supply state", limitState(body))
                .set(
                    extended("128.7", 4),
                    "power threshold",
                    Data.uint32(body.child("LoadLimitPowerThreshold")))
                .set(extended("128.6", 4), "period", Data.uint32(body.child("LoadLimitPeriod")))
                .set(
                    extended("128.8", 4),
                    "restoration period",
                    Data.uint32(body.child("LoadLimitRestorationPeriod")))
                .set(extended("0.3", 6), "time for the supply state", time)
                .set(extended("128.7", 6), "time for the power threshold", time)
                .set(extended("128.6", 6), "time for the period", time)
                .set(extended("128.8", 6), "time for the restoration period", time)
                .payload()));
  }

  private static CosemAttribute extended(String object, int attribute) {
    return CosemAttribute.of(9000, String.format(Locale.ROOT, "0-0:94.44.%s", object), attribute);
  }

  private static Data limitState(XmlElement body) throws ElementException {
    XmlElement element = body.child("LoadLimitSupplyState");
    return switch (element.token()) {
      case "Disable" -> Data.requested(element, DlmsValue.Bool.TRUE);
      case "Unchanged" -> Data.requested(element, DlmsValue.Bool.FALSE);
      default -> throw element.fault("is neither Disable nor Unchanged");
    };
  }

  static List<Expectation> tamperState(OriginalRequest request) throws ElementException {
    XmlElement element = request.body().child("SupplyTamperState");
    DlmsValue locked =
        switch (element.token()) {
          case "Locked" -> DlmsValue.Bool.TRUE;
          case "Unchanged" -> DlmsValue.Bool.FALSE;
          default -> throw element.fault("is neither Locked nor Unchanged");
        };
    return List.of(
        Expectation.of(
            0x0068,
            new DlmsCommand(request.requestId().counter())
                .set(
                    CosemAttribute.of(1, "0-0:94.44.0.4", 2),
                    "supply tamper state",
                    Data.requested(element, locked))
                .payload()));
  }

  static List<Expectation> dailyReset(OriginalRequest request) throws ElementException {
    XmlElement element = request.body().child("DailyTariffBlockCounterMatrixReset");
    if (element.bool()) {
      return List.of(dailyReset(request, Data.array("daily", times(element, MIDNIGHT))));
    }
    // GBCS has no example of "no reset": no time at all, or one that never comes.
    return List.of(
        dailyReset(request, Data.array(element.path())),
        dailyReset(request, Data.array("never", times(element, NO_TIME))));
  }

  private static Data times(XmlElement element, DlmsValue time) {
    return Data.structure(
        element.path(), Data.requested(element, time), Data.prescribed("every day", ANY_DATE));
  }

  private static Expectation dailyReset(OriginalRequest request, Data times) {
    return Expectation.of(
        0x00DB,
        new DlmsCommand(request.requestId().counter())
            .set(DAILY_RESET, "times of the reset", times)
            .payload());
  }
}
