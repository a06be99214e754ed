// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.List;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.AccessResponse;

/** Writes the results of a DLMS command item by item, as MMC shows them where one failed. */
final class CosemDebug {
  private CosemDebug() {}

  static void render(AccessResponse response, MmcWriter out) {
    out.open("DebugInfo").open("COSEMDebug");
    List<AccessResponse.Item> items = response.items();
    for (int i = 0; i < items.size(); i++) {
      AccessResponse.Item item = items.get(i);
      out.open("COSEMResponse");
      out.attribute("ResponseCode", item.resultCode()).attribute("Position", i + 1);
      switch (item.kind()) {
        case GET, SET -> out.leaf("DataAccessResult", dataAccessResult(item.resultCode()));
        case ACTION -> out.leaf("ActionResult", actionResult(item.resultCode()));
      }
      out.close();
    }
    out.close().close();
  }

  private static String dataAccessResult(int code) {
    return switch (code) {
      case 14 -> "data-block-unavailable";
      case 15 -> "long-get-aborted";
      case 16 -> "no-long-get-in-progress";
      case 17 -> "long-set-aborted";
      case 18 -> "no-long-set-in-progress";
      case 19 -> "data-block-number-invalid";
      default -> result(code);
    };
  }

  private static String actionResult(int code) {
    return switch (code) {
      case 14 -> "data-block-unavailable";
      case 15 -> "long-action-aborted";
      case 16 -> "no-long-action-in-progress";
      default -> result(code);
    };
  }

  private static String result(int code) {
    return switch (code) {
      case 0 -> "success";
      case 1 -> "hardware-fault";
      case 2 -> "temporary-failure";
      case 3 -> "read-write-denied";
      case 4 -> "object-undefined";
      case 9 -> "object-class-inconsistent";
      case 11 -> "object-unavailable";
      case 12 -> "type-unmatched";
      case 13 -> "scope-of-access-violated";
      case 250 -> "other-reason";
      default -> "response-code-not-known";
    };
  }
}
