// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.Optional;

/** The commands that every cluster has (ZCL section 2.5). */
public enum GlobalCommand {
  READ_ATTRIBUTES(0x00, "Read Attributes"),
  READ_ATTRIBUTES_RESPONSE(0x01, "Read Attributes Response"),
  WRITE_ATTRIBUTES(0x02, "Write Attributes"),
  WRITE_ATTRIBUTES_UNDIVIDED(0x03, "Write Attributes Undivided"),
  WRITE_ATTRIBUTES_RESPONSE(0x04, "Write Attributes Response"),
  WRITE_ATTRIBUTES_NO_RESPONSE(0x05, "Write Attributes No Response"),
  CONFIGURE_REPORTING(0x06, "Configure Reporting"),
  CONFIGURE_REPORTING_RESPONSE(0x07, "Configure Reporting Response"),
  READ_REPORTING_CONFIGURATION(0x08, "Read Reporting Configuration"),
  READ_REPORTING_CONFIGURATION_RESPONSE(0x09, "Read Reporting Configuration Response"),
  REPORT_ATTRIBUTES(0x0A, "Report Attributes"),
  DEFAULT_RESPONSE(0x0B, "Default Response"),
  DISCOVER_ATTRIBUTES(0x0C, "Discover Attributes"),
  DISCOVER_ATTRIBUTES_RESPONSE(0x0D, "Discover Attributes Response"),
  READ_ATTRIBUTES_STRUCTURED(0x0E, "Read Attributes Structured"),
  WRITE_ATTRIBUTES_STRUCTURED(0x0F, "Write Attributes Structured"),
  WRITE_ATTRIBUTES_STRUCTURED_RESPONSE(0x10, "Write Attributes Structured Response");

  private static final GlobalCommand[] IN_ORDER_OF_ID = values();

  private final int id;
  private final String title;

  GlobalCommand(int id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The command identifier. */
  public int id() {
    return id;
  }

  /** The name in ZCL. */
  public String title() {
    return title;
  }

  /** The command with this identifier. */
  public static Optional<GlobalCommand> ofId(int id) {
    return id >= 0 && id < IN_ORDER_OF_ID.length
        ? Optional.of(IN_ORDER_OF_ID[id])
        : Optional.empty();
  }
}
