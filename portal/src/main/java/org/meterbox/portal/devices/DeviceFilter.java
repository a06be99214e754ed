// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.devices;

import java.util.Optional;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.portal.page.QueryText;
import org.meterbox.portal.web.Fields;
import org.meterbox.portal.web.TurnedAwayException;

/**
 * Which devices are wanted; what is absent does not matter.
 *
 * @param mpxn the meter point they measure
 * @param hub the hub of their home
 * @param type the kind of device
 * @param status where they stand
 * @param descending whether the highest identifier comes first
 */
public record DeviceFilter(
    Optional<String> mpxn,
    Optional<Eui64> hub,
    Optional<DeviceType> type,
    Optional<SmiStatus> status,
    boolean descending) {
  /** Digits of the longest meter point number, an MPAN. */
  private static final int MPXN_DIGITS_MAX = 13;

  /**
   * Reads it from the parameters of an address.
   *
   * @throws TurnedAwayException where one of them cannot be read
   */
  public static DeviceFilter of(Fields query) throws TurnedAwayException {
    Optional<String> mpxn = query.find("mpxn");
    if (mpxn.isPresent() && !isMpxn(mpxn.get())) {
      throw TurnedAwayException.parameter(
          "mpxn", "an MPAN of 13 digits or an MPRN of up to 10 digits");
    }
    return new DeviceFilter(
        mpxn,
        query.findEui("hub"),
        query.findOne("type", DeviceType.class),
        query.findOne("status", SmiStatus.class),
        query.find("order").equals(Optional.of("descending")));
  }

  /** Whether a text has the form of a meter point number. */
  public static boolean isMpxn(String text) {
    return !text.isEmpty()
        && text.length() <= MPXN_DIGITS_MAX
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The devices of one home. */
  public static DeviceFilter ofHub(Eui64 hub) {
    return new DeviceFilter(
        Optional.empty(), Optional.of(hub), Optional.empty(), Optional.empty(), false);
  }

  /** The devices of one meter point. */
  public static DeviceFilter ofMeterPoint(String mpxn) {
    return new DeviceFilter(
        Optional.of(mpxn), Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /** Whether something is asked for that no index knows. */
  boolean selects() {
    return type.isPresent() || status.isPresent();
  }

  /** Whether anything is asked for. */
  public boolean isEmpty() {
    return mpxn.isEmpty() && hub.isEmpty() && !selects();
  }

  /** The same as parameters of an address. */
  public QueryText toQuery() {
    QueryText query =
        QueryText.NONE
            .with("mpxn", mpxn)
            .with("hub", hub.map(Eui64::dashed))
            .with("type", type.map(DeviceType::name))
            .with("status", status.map(SmiStatus::name));
    return descending ? query.with("order", "descending") : query;
  }
}
