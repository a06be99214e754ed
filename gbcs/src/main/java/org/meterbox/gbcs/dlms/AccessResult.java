// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.Optional;

/** Why an ACCESS item was or was not carried out (DLMS data-access-result and action-result). */
public enum AccessResult {
  SUCCESS(0, "success"),
  HARDWARE_FAULT(1, "hardware fault"),
  TEMPORARY_FAILURE(2, "temporary failure"),
  READ_WRITE_DENIED(3, "read or write denied"),
  OBJECT_UNDEFINED(4, "object undefined"),
  OBJECT_CLASS_INCONSISTENT(9, "object class inconsistent"),
  OBJECT_UNAVAILABLE(11, "object unavailable"),
  TYPE_UNMATCHED(12, "type unmatched"),
  SCOPE_OF_ACCESS_VIOLATED(13, "scope of access violated"),
  DATA_BLOCK_UNAVAILABLE(14, "data block unavailable"),
  LONG_READ_ABORTED(15, "long read or action aborted"),
  NO_LONG_READ(16, "no long read or action in progress"),
  LONG_WRITE_ABORTED(17, "long write aborted"),
  NO_LONG_WRITE(18, "no long write in progress"),
  DATA_BLOCK_NUMBER_INVALID(19, "data block number invalid"),
  /** Also everything after the first error, because GBCS requests break on error. */
  OTHER_REASON(250, "other reason");

  private final int code;
  private final String title;

  AccessResult(int code, String title) {
    this.code = code;
    this.title = title;
  }

  /** The octet on the wire. */
  public int code() {
    return code;
  }

  /** The result in words. */
  public String title() {
    return title;
  }

  /** The result with this octet. */
  public static Optional<AccessResult> ofCode(int code) {
    for (AccessResult result : values()) {
      if (result.code == code) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }
}
