// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.CosemForms.activation;
import static org.meterbox.transform.CosemForms.characters;
import static org.meterbox.transform.CosemForms.dateTime;
import static org.meterbox.transform.CosemForms.time;
import static org.meterbox.transform.CosemForms.u16;
import static org.meterbox.transform.CosemForms.u32;
import static org.meterbox.transform.Translation.action;
import static org.meterbox.transform.Translation.get;
import static org.meterbox.transform.Translation.set;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.Bool;
import org.meterbox.gbcs.dlms.DlmsValue.Enumerated;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;

/** Simple settings of an electricity meter (service requests 3.x, 6.x, 7.12, 8.1.1 and 9.1). */
public final class MeterSettings {
  private static final DlmsValue EXECUTE = new Int8(0);
  private static final String CLOCK = "0-0:1.0.0.255";
  private static final int CLOCK_CLASS = 8;

  /** The clock's base is what the network says. */
  private static final Enumerated NETWORK_BASE = new Enumerated(5);

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      Stream.of(display(), limits(), calendars(), identities()).flatMap(List::stream).toList();

  private MeterSettings() {}

  private static List<Mapping> display() {
    return List.of(
        meter(
            "3.1",
            "ECS10",
            0x0021,
            t ->
                t.access(
                    set(1, "0-2:96.13.1.255", 2, characters(t.body().text("SupplierMessage"))))),
        meter(
            "3.2",
            "ECS12",
            0x0022,
            t ->
                t.access(
                    set(1, "0-0:94.44.3.2", 2, dateTime(t.body().child("RestrictionDateTime"))))),
        meter("3.3", "ECS15c", 0x00C1, t -> t.access(action(7, "0-17:99.98.2.255", 1, EXECUTE)))
            .when(subject ->
                subject.request().body().find("ESMEEventLogType").stream()
                    .anyMatch(type -> type.token().equals("ALCS"))),
        meter("3.3", "ECS15a", 0x0024, t -> t.access(action(7, "0-0:99.98.0.255", 1, EXECUTE))),
        meter(
            "3.4",
            "ECS16",
            0x0025,
            t ->
                t.access(
                    set(
                        9000,
                        "0-0:96.13.0.255",
                        2,
                        characters(t.body().text("SupplierTelephoneNumber"))),
                    set(9000, "0-0:96.13.1.255", 2, characters(t.body().text("SupplierName"))))),
        meter("3.5", "ECS14", 0x0023, t -> t.access(set(1, "0-0:94.44.3.1", 2, characters("")))),
        meter(
            "9.1",
            "ECS50",
            0x0058,
            t -> t.access(set(1, "0-3:96.13.1.255", 2, customerIdentificationNumber(t)))));
  }

  private static DlmsValue customerIdentificationNumber(Translation translation)
      throws ElementException {
    return new OctetString(
        translation
            .context()
            .customerIdentificationNumber()
            .orElseThrow(() -> translation.body().fault("has no number to show")));
  }

  private static List<Mapping> limits() {
    return List.of(
        meter("6.4.1", "ECS28a", 0x0043, MeterSettings::loadLimit),
        meter("6.4.2", "ECS28b", 0x0044, t -> t.access(action(3, "0-0:94.44.42.255", 1, EXECUTE))),
        meter(
            "6.12",
            "ECS34",
            0x0047,
            t ->
                t.access(
                    set(
                        21,
                        "0-0:16.0.0.255",
                        2,
                        DlmsValue.array(
                            u32(t.body().child("LowMediumPowerThreshold")),
                            u32(t.body().child("MediumHighPowerThreshold")))))),
        meter(
            "6.25",
            "ECS81",
            0x0068,
            t ->
                t.access(
                    set(
                        1,
                        "0-0:94.44.0.4",
                        2,
                        Bool.of(t.body().child("SupplyTamperState").token().equals("Locked"))))),
        meter(
            "7.12",
            "ECS38",
            0x004B,
            t ->
                t.access(set(1, "0-0:94.44.0.1", 2, u16(t.body().child("RandomisedOffsetLimit"))))),
        meter("6.18.2", "ECS57", 0x005A, MeterSettings::resetMaximumDemand));
  }

  private static Octets loadLimit(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    DlmsValue when = activation(body);
    boolean unchanged = body.child("LoadLimitSupplyState").token().equals("Unchanged");
    return translation.access(
        set(9000, "0-0:94.44.0.3", 4, Bool.of(!unchanged)),
        set(9000, "0-0:94.44.128.7", 4, u32(body.child("LoadLimitPowerThreshold"))),
        set(9000, "0-0:94.44.128.6", 4, u32(body.child("LoadLimitPeriod"))),
        set(9000, "0-0:94.44.128.8", 4, u32(body.child("LoadLimitRestorationPeriod"))),
        set(9000, "0-0:94.44.0.3", 6, when),
        set(9000, "0-0:94.44.128.7", 6, when),
        set(9000, "0-0:94.44.128.6", 6, when),
        set(9000, "0-0:94.44.128.8", 6, when));
  }

  private static Octets resetMaximumDemand(Translation translation) throws ElementException {
    List<AccessRequest.Item> items = new ArrayList<>();
    translation
        .optional("MaxDemandActivePowerImportValue")
        .ifPresent(reset -> items.add(action(4, "1-0:1.6.0.255", 1, EXECUTE)));
    translation
        .optional("MaxDemandConfigTimeActivePowerImportValue")
        .ifPresent(reset -> items.add(action(4, "1-0:1.6.1.255", 1, EXECUTE)));
    translation
        .optional("MaxDemandActivePowerExportValue")
        .ifPresent(reset -> items.add(action(4, "1-0:2.6.0.255", 1, EXECUTE)));
    if (items.isEmpty()) {
      throw translation.body().fault("resets no register");
    }
    return translation.access(items.stream());
  }

  private static List<Mapping> calendars() {
    return List.of(
        meter("6.8", "ECS30", 0x0046, MeterSettings::billingCalendar)
            .when(subject ->
                subject.device().isEarlier()
                    && BillingDates.areOfOneMonth(subject.request().body())),
        meter("6.8", "ECS30a", 0x00D7, MeterSettings::billingCalendar),
        meter("6.11", "ECS70", 0x0062, MeterSettings::clock),
        meter("8.1.1", "ECS70", 0x0062, MeterSettings::clock),
        meter("6.18.1", "ECS37", 0x004A, MeterSettings::maximumDemandPeriod),
        meter("6.26", "ECS48", 0x00DB, MeterSettings::dailyBlockReset));
  }

  private static Octets billingCalendar(Translation translation) throws ElementException {
    XmlElement calendar = translation.body().child("ElectricityBillingCalendar");
    DlmsValue time = time(calendar.child("BillingTime"));
    List<DlmsValue> executions = new ArrayList<>();
    for (Octets date : BillingDates.of(calendar)) {
      executions.add(DlmsValue.structure(time, new OctetString(date)));
    }
    return translation.access(set(22, "0-0:15.0.0.255", 4, new DlmsValue.ArrayOf(executions)));
  }

  private static Octets dailyBlockReset(Translation translation) throws ElementException {
    DlmsValue everyMidnight =
        DlmsValue.array(
            DlmsValue.structure(OctetString.ofHex("00000000"), OctetString.ofHex("FFFFFFFFFF")));
    boolean on = translation.body().bool("DailyTariffBlockCounterMatrixReset");
    return translation.access(set(22, "0-0:15.1.0.255", 4, on ? everyMidnight : DlmsValue.array()));
  }

  /** The meter takes its hub's time if that lies in the period that follows the user's time. */
  private static Octets clock(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    XmlElement start = body.child("CurrentDateTime");
    long tolerance = CosemForms.within(body.child("TolerancePeriod"), 0, 86_400);
    DlmsDateTime end = DlmsDateTime.of(start.dateTime().plusSeconds(tolerance));
    return translation.access(
        set(CLOCK_CLASS, CLOCK, 9, NETWORK_BASE),
        action(
            CLOCK_CLASS,
            CLOCK,
            5,
            DlmsValue.structure(DlmsDateTime.NEVER.toValue(), dateTime(start), end.toValue())),
        action(CLOCK_CLASS, CLOCK, 4, EXECUTE),
        get(CLOCK_CLASS, CLOCK, 2),
        get(CLOCK_CLASS, CLOCK, 4));
  }

  private static Octets maximumDemandPeriod(Translation translation) throws ElementException {
    XmlElement period = translation.body().child("MaximumDemandTimePeriodSchedule");
    return translation.access(
        set(
            10,
            "0-0:12.0.0.255",
            2,
            DlmsValue.array(
                demandSwitch(0, 1, period.child("StartTime")),
                demandSwitch(1, 2, period.child("EndTime")))));
  }

  private static DlmsValue demandSwitch(int index, int selector, XmlElement time)
      throws ElementException {
    return DlmsValue.structure(
        new UInt16(index),
        Bool.TRUE,
        OctetString.ofHex("00000A8064FF"),
        new UInt16(selector),
        time(time),
        new UInt16(0xFFFF),
        new BitString(7, Octets.ofHex("FE")),
        new BitString(0, Octets.EMPTY),
        OctetString.ofHex("000001FFFF"),
        OctetString.ofHex("FFFFFFFFFF"));
  }

  private static List<Mapping> identities() {
    return List.of(
        meter("6.20.1", "ECS39a", 0x004C, MeterSettings::importMpan),
        meter(
            "6.20.2",
            "ECS39b",
            0x004D,
            t -> t.access(set(1, "1-0:0.0.2.255", 2, characters(t.body().text("ExportMPAN"))))));
  }

  private static Octets importMpan(Translation translation) throws ElementException {
    XmlElement mpans = translation.body().child("ImportMPANs");
    String secondary = mpans.find("SecondaryImportMPAN").map(XmlElement::text).orElse("");
    return translation.access(
        set(1, "0-0:94.44.34.11", 2, characters(mpans.text("ImportMPAN") + secondary)));
  }

  private static Mapping meter(String variant, String useCase, int code, Mapping.Payload payload) {
    return Mapping.of(variant, ESME, useCase, code, payload);
  }
}
