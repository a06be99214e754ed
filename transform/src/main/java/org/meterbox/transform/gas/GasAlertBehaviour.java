// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.gas;

import static org.meterbox.kernel.DeviceType.GSME;
import static org.meterbox.transform.gas.GbzCommands.issuerEvent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.CosemForms;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Translation;

/**
 * Which events a gas meter reports, shows, sounds and logs (service request 6.22, GCS20). One
 * command sets all events that are to behave alike. The order of the commands has no effect; the
 * one here is that of the published messages.
 */
public final class GasAlertBehaviour {
  private static final int LOG = 0x03;
  private static final int WAN_ALERT = 0x08;
  private static final int HAN_ALERT = 0x10;
  private static final int AUDIBLE_ALARM = 0x40;
  private static final int BY_LIST = 0;

  /** Those that alert the supplier first, then those that alert the home, then the quieter. */
  private static final Comparator<Integer> ORDER =
      Comparator.comparing((Integer behaviour) -> (behaviour & WAN_ALERT) == 0)
          .thenComparing(behaviour -> (behaviour & HAN_ALERT) == 0)
          .thenComparing(Comparator.naturalOrder());

  /** The mappings of this family; the request says by its element which it is. */
  public static final List<Mapping> MAPPINGS =
      List.of(
          Mapping.of("6.22", GSME, "GCS20", 0x00AD, GasAlertBehaviour::alertsOnly)
              .when(subject -> subject.request().body().has("GasSupplierAlerts")),
          Mapping.of("6.22", GSME, "GCS20", 0x00AD, GasAlertBehaviour::behaviours));

  private GasAlertBehaviour() {}

  private static Octets behaviours(Translation translation) throws ElementException {
    Map<Integer, List<Integer>> events = new TreeMap<>(ORDER);
    for (XmlElement event : translation.body().child("GasSupplierAlertEventSettings").children()) {
      int behaviour =
          flag(event.child("WANAlert"), WAN_ALERT)
              | flag(event.child("HANAlert"), HAN_ALERT)
              | flag(event.child("EventLog"), LOG)
              | flag(event.child("Alarm"), AUDIBLE_ALARM);
      events.computeIfAbsent(behaviour, b -> new ArrayList<>()).add(CosemForms.alertCode(event));
    }
    return encode(translation, events);
  }

  /** The form of a request that names the alert to the supplier only; nothing else is set. */
  private static Octets alertsOnly(Translation translation) throws ElementException {
    Map<Integer, List<Integer>> events = new TreeMap<>(ORDER);
    for (XmlElement alert : translation.body().child("GasSupplierAlerts").children()) {
      events
          .computeIfAbsent(flag(alert, WAN_ALERT), b -> new ArrayList<>())
          .add(CosemForms.alertCode(alert));
    }
    return encode(translation, events);
  }

  private static int flag(XmlElement setting, int flag) {
    return setting.token().equals("Enable") ? flag : 0;
  }

  private static Octets encode(Translation translation, Map<Integer, List<Integer>> events)
      throws ElementException {
    if (events.isEmpty()) {
      throw translation.body().fault("sets no event's behaviour");
    }
    GbzCommands commands = new GbzCommands();
    for (Map.Entry<Integer, List<Integer>> alike : events.entrySet()) {
      commands.send(
          "Set Event Configuration",
          f ->
              f.number("Issuer Event Id", issuerEvent(translation))
                  .number("Start Date/Time", 0)
                  .number("Event Configuration", alike.getKey())
                  .number("Configuration Control", BY_LIST)
                  .number("Number of Events", alike.getValue().size())
                  .rows("Events", alike.getValue(), (row, code) -> row.number("Event Id", code)));
    }
    return commands.encode();
  }
}
