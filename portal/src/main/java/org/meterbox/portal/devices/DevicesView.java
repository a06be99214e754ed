// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.devices;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;

/**
 * The page that lists devices.
 *
 * @param path its address
 * @param filter what is asked for
 * @param list what was found
 * @param first whether it is the first page
 */
public record DevicesView(String path, DeviceFilter filter, DeviceList list, boolean first) {
  /** Every kind of device. */
  public List<DeviceType> types() {
    return Arrays.asList(DeviceType.values());
  }

  /** Every status. */
  public List<SmiStatus> statuses() {
    return Arrays.asList(SmiStatus.values());
  }

  /** A status as people read it. */
  public static String words(SmiStatus status) {
    return DeviceSearch.words(status.name());
  }

  /** The first page of the same list. */
  public String firstPage() {
    return filter.toQuery().on(path);
  }

  /** The next page of it. */
  public Optional<String> nextPage() {
    return list.next().map(after -> filter.toQuery().with("after", after.dashed()).on(path));
  }

  /** The list as a file. */
  public String csv() {
    return filter.toQuery().on(path + ".csv");
  }

  /** The same in the other order. */
  public String otherOrder() {
    return filter
        .toQuery()
        .with("order", filter.descending() ? "ascending" : "descending")
        .on(path);
  }

  /** The hub asked for, or nothing. */
  public String hub() {
    return filter.hub().map(Eui64::dashed).orElse("");
  }

  /** Whether a kind of device is the one asked for. */
  public boolean isChosen(DeviceType type) {
    return filter.type().equals(Optional.of(type));
  }

  /** Whether a status is the one asked for. */
  public boolean isChosen(SmiStatus status) {
    return filter.status().equals(Optional.of(status));
  }
}
