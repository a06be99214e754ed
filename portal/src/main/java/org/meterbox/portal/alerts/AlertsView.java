// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.alerts;

import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.portal.page.QueryText;

/**
 * The page that lists alerts.
 *
 * @param path its address
 * @param device of which device; empty for all
 * @param list what was found
 * @param first whether it is the first page
 */
public record AlertsView(String path, Optional<Eui64> device, AlertList list, boolean first) {
  private QueryText query() {
    return QueryText.NONE.with("device", device.map(Eui64::dashed));
  }

  /** The first page of the same list. */
  public String firstPage() {
    return query().on(path);
  }

  /** The next page of it. */
  public Optional<String> nextPage() {
    return list.next().map(page -> query().with("page", page).on(path));
  }

  /** The list as a file. */
  public String csv() {
    return query().on(path + ".csv");
  }

  /** The device asked for, or nothing. */
  public String deviceText() {
    return device.map(Eui64::dashed).orElse("");
  }
}
