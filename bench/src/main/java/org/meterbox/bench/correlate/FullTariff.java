// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.correlate;

import java.time.Instant;
import java.util.Locale;
import org.meterbox.correlate.check.OriginalRequest;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.transform.BusinessOriginator;
import org.meterbox.transform.TargetDevice;
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult.Critical;
import org.meterbox.transform.TranslationContext;
import org.meterbox.transform.TranslationRequest;

/**
 * The largest electricity tariff that DUIS allows (1.1.1): 16 day profiles of 48 periods, four
 * weeks, four seasons, 50 special days, all thresholds and all prices; and its Pre-Command.
 *
 * @param preCommand as the translator makes it
 */
record FullTariff(OriginalRequest request, Octets preCommand) {
  private static final String DUIS = "http://www.dccinterface.co.uk/ServiceUserGateway";
  private static final int DAY_PROFILES = 16;
  private static final int PERIODS = 48;
  private static final int WEEKS = 4;
  private static final int SEASONS = 4;
  private static final int SPECIAL_DAYS = 50;
  private static final int TIMES_OF_USE = 48;
  private static final int TIMES_WITH_BLOCKS = 8;
  private static final int BLOCKS = 4;

  static FullTariff make() {
    MessageId id =
        new MessageId(
            Eui64.parse("90B3000000000003"),
            Eui64.parse("00DB000000000001"),
            new OriginatorCounter(1000));
    RequestDraft draft =
        RequestDraft.single(
            id, CommandVariant.of(4).orElseThrow(), new ServiceReferenceVariant("1.1.1"), body());
    Reading<ServiceRequest> reading = new DuisReader().readRequest(draft.write().octets());
    if (!(reading instanceof Reading.Valid<ServiceRequest>(ServiceRequest request))) {
      throw new IllegalStateException("our own request is refused: " + reading);
    }
    TranslationRequest subject =
        new TranslationRequest(
            request,
            new TargetDevice(id.target(), DeviceType.ESME, false),
            TranslationContext.at(Instant.EPOCH));
    if (Transform.standard().translate(subject, new BusinessOriginator.KnownRemoteParty())
        instanceof Critical(PreCommand preCommand)) {
      return new FullTariff(OriginalRequest.of(request), preCommand.encode());
    }
    throw new IllegalStateException("our own request is not translated");
  }

  private static XmlElement body() {
    XmlElement.Builder special = element("SpecialDays");
    for (int day = 1; day <= SPECIAL_DAYS; day++) {
      special.child(
          element("SpecialDay")
              .child(date("Date", 1 + day / 28, 1 + day % 28))
              .leaf("ReferencedDayName", Integer.toString(1 + day % DAY_PROFILES))
              .build());
    }
    XmlElement.Builder thresholds = element("ThresholdMatrix");
    for (int time = 1; time <= TIMES_WITH_BLOCKS; time++) {
      XmlElement.Builder of = element("Thresholds").attribute("index", Integer.toString(time));
      for (int block = 1; block < BLOCKS; block++) {
        of.child(indexed("BlockThreshold", block, 1_000 * block + time));
      }
      thresholds.child(of.build());
    }
    return element("UpdateImportTariffPrimaryElement")
        .child(
            element("ElecTariffElements")
                .leaf("CurrencyUnits", "GBP")
                .child(switchingTable())
                .child(special.build())
                .child(thresholds.build())
                .build())
        .child(element("PriceElements").child(prices()).build())
        .build();
  }

  private static XmlElement switchingTable() {
    XmlElement.Builder days = element("DayProfiles");
    for (int day = 1; day <= DAY_PROFILES; day++) {
      XmlElement.Builder profile = element("DayProfile").leaf("DayName", Integer.toString(day));
      for (int period = 0; period < PERIODS; period++) {
        profile.child(
            element("ProfileSchedule")
                .leaf(
                    "StartTime",
                    String.format(Locale.ROOT, "%02d:%02d:00Z", period / 2, period % 2 * 30))
                .leaf("TOUTariffAction", Integer.toString(period + 1))
                .build());
      }
      days.child(profile.build());
    }
    XmlElement.Builder weeks = element("WeekProfiles");
    for (int week = 1; week <= WEEKS; week++) {
      XmlElement.Builder profile = element("WeekProfile").leaf("WeekName", Integer.toString(week));
      for (int day = 1; day <= 7; day++) {
        profile.child(indexed("ReferencedDayName", day, 1 + (week + day) % DAY_PROFILES));
      }
      weeks.child(profile.build());
    }
    XmlElement.Builder seasons = element("Seasons");
    for (int season = 1; season <= SEASONS; season++) {
      seasons.child(
          element("Season")
              .leaf("SeasonName", "season" + season)
              .child(date("SeasonStartDate", 3 * season - 2, 1))
              .leaf("ReferencedWeekName", Integer.toString(season))
              .build());
    }
    return element("SwitchingTable")
        .child(days.build())
        .child(weeks.build())
        .child(seasons.build())
        .build();
  }

  private static XmlElement prices() {
    XmlElement.Builder hybrid = element("HybridTariff");
    for (int time = 1; time <= TIMES_WITH_BLOCKS; time++) {
      XmlElement.Builder of = element("BlockPrices").attribute("index", Integer.toString(time));
      for (int block = 1; block <= BLOCKS; block++) {
        of.child(indexed("BlockPrice", block, 10_000 + 10 * time + block));
      }
      hybrid.child(of.build());
    }
    for (int time = 1; time <= TIMES_OF_USE; time++) {
      hybrid.child(indexed("TOUPrice", time, 20_000 + time));
    }
    return element("ElectricityPriceElements")
        .leaf("StandingCharge", "12345")
        .leaf("StandingChargeScale", "-5")
        .leaf("PriceScale", "-5")
        .child(hybrid.build())
        .build();
  }

  private static XmlElement date(String name, int month, int day) {
    return element(name)
        .child(element("Year").child(element("NonSpecifiedYear").build()).build())
        .child(element("Month").leaf("SpecifiedMonth", Integer.toString(month)).build())
        .child(element("DayOfMonth").leaf("SpecifiedDayOfMonth", Integer.toString(day)).build())
        .child(element("DayOfWeek").child(element("NonSpecifiedDayOfWeek").build()).build())
        .build();
  }

  private static XmlElement indexed(String name, int index, int value) {
    return element(name)
        .attribute("index", Integer.toString(index))
        .text(Integer.toString(value))
        .build();
  }

  private static XmlElement.Builder element(String name) {
    return XmlElement.builder(DUIS, name);
  }
}
