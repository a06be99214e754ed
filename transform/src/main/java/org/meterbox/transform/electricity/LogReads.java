// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import static org.meterbox.kernel.DeviceType.CHF;
import static org.meterbox.kernel.DeviceType.ESME;
import static org.meterbox.transform.Translation.get;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;
import org.meterbox.transform.TranslationRequest;

/** Reading the entries of logs in a period (service requests 4.x, 6.13 and 7.11). */
public final class LogReads {
  private static final String EVENT_LOG = "0-0:99.98.0.255";
  private static final String SECURITY_LOG = "0-0:99.98.1.255";
  private static final String AUXILIARY_CONTROLLER_LOG = "0-17:99.98.2.255";

  /** The mappings of this family. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          log("4.4.4", ESME, "ECS20a", 0x002E, "0-0:98.1.4.255"),
          encrypted("4.4.2", "ECS20b", 0x002F, 3, "0-0:98.1.2.255"),
          encrypted("4.4.3", "ECS20c", 0x0030, 2, "0-0:98.1.0.255", "0-0:98.1.1.255"),
          log("4.4.5", ESME, "ECS20d", 0x00C9, "0-0:98.1.5.255"),
          encrypted("4.6.1", "ECS21a", 0x0033, 5, "0-0:98.1.9.255"),
          encrypted("4.14", "ECS21b", 0x0034, 6, "0-0:98.1.8.255"),
          log("4.6.2", ESME, "ECS21c", 0x0035, "0-0:98.1.10.255"),
          log("4.8.3", ESME, "ECS22a", 0x0036, "0-0:99.1.1.255"),
          encrypted("4.8.1", "ECS22b", 0x0037, 7, "0-0:99.1.0.255"),
          log("4.8.2", ESME, "ECS22c", 0x0038, "0-0:99.1.2.255"),
          encrypted("4.17", "ECS66", 0x0060, 4, "0-0:99.1.3.255"),
          Mapping.of("4.10", ESME, "ECS23b", 0x00BC, t -> voltages(t, 32, 52, 72))
              .when(subject -> subject.device().polyphase()),
          Mapping.of("4.10", ESME, "ECS23", 0x0039, t -> voltages(t, 32)),
          log("6.13", ESME, "ECS35a", 0x0048, EVENT_LOG).when(s -> reads(s, "Event")),
          log("6.13", ESME, "ECS35b", 0x0049, SECURITY_LOG).when(s -> reads(s, "Security")),
          log("6.13", ESME, "ECS35e", 0x00B9, "0-0:99.98.4.255").when(s -> reads(s, "PowerEvent")),
          log("6.13", ESME, "ECS35f", 0x00BA, AUXILIARY_CONTROLLER_LOG)
              .when(s -> reads(s, "ALCSEvent") && s.device().isEarlier()),
          log("6.13", ESME, "ECS35g", 0x00FD, AUXILIARY_CONTROLLER_LOG)
              .when(s -> reads(s, "ALCSEvent")),
          log("6.13", CHF, "ECS35c", 0x0093, EVENT_LOG).when(s -> reads(s, "Event")),
          log("6.13", CHF, "ECS35d", 0x0094, SECURITY_LOG).when(s -> reads(s, "Security")),
          Mapping.of("7.11", ESME, "ECS61c", 0x005E, LogReads::boostButton));

  private LogReads() {}

  private static Mapping log(
      String variant, DeviceType target, String useCase, int code, String log) {
    return Mapping.of(
        variant, target, useCase, code, translation -> translation.access(translation.logOf(log)));
  }

  /** A read of logs through the data protection object with this number. */
  private static Mapping encrypted(
      String variant, String useCase, int code, int protection, String... logs) {
    return Mapping.of(
        variant,
        ESME,
        useCase,
        code,
        translation -> {
          List<Selection> selections = new ArrayList<>(logs.length);
          for (String log : logs) {
            selections.add(translation.periodOf(log));
          }
          return translation.access(
              translation.protectedRead(protection, selections.toArray(Selection[]::new)));
        });
  }

  private static boolean reads(TranslationRequest subject, String log) {
    return subject.request().body().find("LogToRead").stream()
        .anyMatch(named -> named.token().equals(log));
  }

  /** Voltage counters, profile and averaging period of each phase, by its group C number. */
  private static Octets voltages(Translation translation, int... phases) throws ElementException {
    List<AccessRequest.Item> items = new ArrayList<>();
    for (int phase : phases) {
      String profile = String.format(Locale.ROOT, "1-0:%d.24.0.255", phase);
      for (String counter : List.of("1-0:%d.32.0.4", "1-0:%d.36.0.4")) {
        items.add(get(3, String.format(Locale.ROOT, counter, phase), 2));
        items.add(get(3, String.format(Locale.ROOT, counter, phase), 3));
      }
      items.add(translation.logOf(profile));
      items.add(get(7, profile, 4));
    }
    return translation.access(items.stream());
  }

  private static Octets boostButton(Translation translation) throws ElementException {
    List<AccessRequest.Item> items = new ArrayList<>();
    items.add(get(1, "0-0:94.44.7.255", 2));
    items.add(translation.logOf("0-0:99.98.20.255"));
    for (int number = 1; number <= 5; number++) {
      items.add(get(1, String.format(Locale.ROOT, "0-0:94.44.6.%d", number), 2));
    }
    return translation.access(items.stream());
  }
}
