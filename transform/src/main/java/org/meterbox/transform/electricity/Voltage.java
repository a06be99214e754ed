// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.CosemForms.u32;
import static org.meterbox.transform.Translation.action;
import static org.meterbox.transform.Translation.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;
import org.meterbox.transform.TranslationRequest;

/**
 * Limits and counters of voltage (service requests 6.5 and 6.27). The request says by its content
 * whether it is for one phase or three, and whether the counters stay.
 */
public final class Voltage {
  /** Group C of the logical names of phases 1, 2 and 3. */
  private static final List<Integer> PHASES = List.of(32, 52, 72);

  private static final List<String> LIMITS =
      List.of(
          "RMSExtremeOverVoltage", "RMSExtremeUnderVoltage", "RMSVoltageSag", "RMSVoltageSwell");

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          Mapping.of("6.5", ESME, "ECS29d", 0x00D2, Voltage::limitsOnly)
              .when(subject -> isPolyphase(subject) && countersStay(subject)),
          Mapping.of("6.5", ESME, "ECS29b", 0x00AE, Voltage::limitsAndReset)
              .when(Voltage::isPolyphase),
          Mapping.of("6.5", ESME, "ECS29c", 0x00D1, Voltage::limitsOnly)
              .when(Voltage::countersStay),
          Mapping.of("6.5", ESME, "ECS29a", 0x0045, Voltage::limitsAndReset),
          Mapping.of("6.27", ESME, "ECS29f", 0x00D4, t -> t.access(resets(PHASES).stream()))
              .when(subject -> subject.device().polyphase()),
          Mapping.of(
              "6.27",
              ESME,
              "ECS29e",
              0x00D3,
              t -> t.access(resets(PHASES.subList(0, 1)).stream())));

  private Voltage() {}

  private static boolean isPolyphase(TranslationRequest subject) {
    return subject.request().body().has("PolyPhaseVoltageSettings");
  }

  private static boolean countersStay(TranslationRequest subject) {
    return subject.request().body().has("RMSVoltageCountersNotReset");
  }

  /** Averages, measuring periods, then limits. */
  private static Octets limitsOnly(Translation translation) throws ElementException {
    List<XmlElement> phases = phases(translation.body());
    List<AccessRequest.Item> items = new ArrayList<>();
    for (int phase = 0; phase < phases.size(); phase++) {
      items.add(underVoltage(phase, phases.get(phase)));
      items.add(overVoltage(phase, phases.get(phase)));
    }
    items.addAll(periods(phases));
    items.addAll(limits(translation.body().child("RMSVoltageSettings")));
    return translation.access(items.stream());
  }

  /** Measuring periods, limits, averages, then the counters. */
  private static Octets limitsAndReset(Translation translation) throws ElementException {
    List<XmlElement> phases = phases(translation.body());
    List<AccessRequest.Item> items = new ArrayList<>(periods(phases));
    items.addAll(limits(translation.body().child("RMSVoltageSettings")));
    // The use cases name the over voltage of the first phase before its under voltage.
    items.add(overVoltage(0, phases.getFirst()));
    items.add(underVoltage(0, phases.getFirst()));
    for (int phase = 1; phase < phases.size(); phase++) {
      items.add(underVoltage(phase, phases.get(phase)));
      items.add(overVoltage(phase, phases.get(phase)));
    }
    items.addAll(resets(PHASES.subList(0, phases.size())));
    return translation.access(items.stream());
  }

  /** The settings of phases 1 to 3, or of the one phase. */
  private static List<XmlElement> phases(XmlElement body) throws ElementException {
    Optional<XmlElement> single = body.find("SinglePhaseVoltageSettings");
    if (single.isPresent()) {
      return List.of(single.get());
    }
    SortedMap<Long, XmlElement> found = new TreeMap<>();
    for (XmlElement phase : body.children("PolyPhaseVoltageSettings")) {
      long number = CosemForms.within(phase.child("Phase"), 1, PHASES.size());
      if (found.put(number, phase.child("PhaseVoltageSettings")) != null) {
        throw phase.fault("repeats the phase " + number);
      }
    }
    if (found.size() != PHASES.size()) {
      throw body.fault("does not set each of three phases");
    }
    return List.copyOf(found.values());
  }

  private static List<AccessRequest.Item> periods(List<XmlElement> phases) throws ElementException {
    List<AccessRequest.Item> items = new ArrayList<>();
    for (int phase = 0; phase < phases.size(); phase++) {
      items.add(
          set(
              7,
              String.format(Locale.ROOT, "1-0:%d.24.0.255", PHASES.get(phase)),
              4,
              u32(phases.get(phase).child("AverageRMSVoltageMeasurementPeriod"))));
    }
    return items;
  }

  private static List<AccessRequest.Item> limits(XmlElement settings) throws ElementException {
    List<AccessRequest.Item> items = new ArrayList<>();
    for (int number = 1; number <= LIMITS.size(); number++) {
      String limiter = String.format(Locale.ROOT, "0-0:17.0.%d.255", number);
      String name = LIMITS.get(number - 1);
      items.add(set(71, limiter, 4, u32(settings.child(name + "Threshold"))));
      items.add(set(71, limiter, 6, u32(settings.child(name + "MeasurementPeriod"))));
    }
    return items;
  }

  private static AccessRequest.Item overVoltage(int phase, XmlElement settings)
      throws ElementException {
    return set(
        1,
        String.format(Locale.ROOT, "1-0:%d.35.0.4", PHASES.get(phase)),
        2,
        u32(settings.child("AverageRMSOverVoltageThreshold")));
  }

  private static AccessRequest.Item underVoltage(int phase, XmlElement settings)
      throws ElementException {
    return set(
        1,
        String.format(Locale.ROOT, "1-0:%d.31.0.4", PHASES.get(phase)),
        2,
        u32(settings.child("AverageRMSUnderVoltageThreshold")));
  }

  private static List<AccessRequest.Item> resets(List<Integer> phases) {
    List<AccessRequest.Item> items = new ArrayList<>();
    for (int phase : phases) {
      items.add(action(3, String.format(Locale.ROOT, "1-0:%d.32.0.4", phase), 1, new Int8(0)));
      items.add(action(3, String.format(Locale.ROOT, "1-0:%d.36.0.4", phase), 1, new Int8(0)));
    }
    return items;
  }
}
