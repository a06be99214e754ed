// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.catalogue;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DCCAlertCode of DUIS 5.4: what the DSP tells users unasked. The constants are those whose cause
 * is certain; {@link #find} knows all of them.
 */
public final class DccAlertCode {
  private static final Map<String, DccAlertCode> ALL = load();

  /** Power outage. */
  public static final DccAlertCode AD1 = required("AD1");

  /** The results of a command dated by the device did not arrive in time. */
  public static final DccAlertCode N10 = required("N10");

  /** A request held or scheduled by the DSP failed. */
  public static final DccAlertCode N11 = required("N11");

  /** A command could not be delivered; pairs with response code E20. */
  public static final DccAlertCode N12 = required("N12");

  /** No response came back from the device; pairs with response code E21. */
  public static final DccAlertCode N13 = required("N13");

  /** A preceding request of the sequence failed. */
  public static final DccAlertCode N14 = required("N14");

  /** The preceding request of the sequence did not come. */
  public static final DccAlertCode N15 = required("N15");

  /** The hub's device log was updated. */
  public static final DccAlertCode N24 = required("N24");

  /** An alert of a Prepayment Interface Device, handed on. */
  public static final DccAlertCode N39 = required("N39");

  /** The user runs an older DUIS version than the message needs. */
  public static final DccAlertCode N999 = required("N999");

  private final String code;
  private final Optional<String> category;
  private final Optional<String> payloadElement;
  private final Basis basis;
  private final Optional<String> title;

  private DccAlertCode(List<String> cells) {
    this.code = cells.get(0);
    this.category = optional(cells.get(1));
    this.payloadElement = optional(cells.get(2));
    this.basis = Basis.of(cells.get(3));
    this.title = optional(cells.get(4));
  }

  /** All codes, in the order of the specification. */
  public static Collection<DccAlertCode> all() {
    return ALL.values();
  }

  /** The code written so, for example {@code N12}. */
  public static Optional<DccAlertCode> find(String code) {
    return Optional.ofNullable(ALL.get(code));
  }

  /** The code as written in a message. */
  public String code() {
    return code;
  }

  /** The category under which the code is published, for example Command Failure. */
  public Optional<String> category() {
    return category;
  }

  /**
   * Local name of the element within DCCAlert, followed by a slash and the name of its inner choice
   * where the code fixes that too; empty where no source tells.
   */
  public Optional<String> payloadElement() {
    return payloadElement;
  }

  /** How well trigger and payload are known. */
  public Basis basis() {
    return basis;
  }

  /** What happened; empty where no source tells. */
  public Optional<String> title() {
    return title;
  }

  @Override
  public String toString() {
    return code;
  }

  private static Optional<String> optional(String cell) {
    return cell.equals(CatalogueTable.NONE) ? Optional.empty() : Optional.of(cell);
  }

  private static DccAlertCode required(String code) {
    return find(code).orElseThrow(() -> new IllegalStateException("the table lacks " + code));
  }

  private static Map<String, DccAlertCode> load() {
    Map<String, DccAlertCode> codes = new LinkedHashMap<>();
    for (List<String> row : CatalogueTable.rows("dcc-alerts.table", 5)) {
      if (codes.put(row.get(0), new DccAlertCode(row)) != null) {
        throw new IllegalStateException("the DCC Alert table names twice: " + row.get(0));
      }
    }
    return Collections.unmodifiableMap(codes);
  }
}
