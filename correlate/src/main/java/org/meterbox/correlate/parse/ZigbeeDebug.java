// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.Locale;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.kernel.Octets;

/** Writes the statuses of a GBZ answer command by command, as MMC shows them where one failed. */
final class ZigbeeDebug {
  private ZigbeeDebug() {}

  static void render(GbzAnswers answers, MmcWriter out) {
    out.open("DebugInfo").open("ZIGBEEDebug");
    for (ZclFrame frame : answers.frames()) {
      MmcWriter.Mark mark = out.mark();
      out.open("ZIGBEEClusterResponse");
      out.open("ClusterName")
          .attribute("id", String.format(Locale.ROOT, "%04X", frame.cluster().id()));
      out.text(frame.cluster().name()).close();
      if (statuses(frame, out)) {
        out.close();
      } else {
        out.rewind(mark);
      }
    }
    out.close().close();
  }

  /** Whether the frame says something about success. */
  private static boolean statuses(ZclFrame frame, MmcWriter out) {
    return switch (frame.payload()) {
      case ZclPayload.DefaultResponse(int command, ZclStatus status) -> {
        command(command, status, out);
        yield true;
      }
      case ZclPayload.AttributeReadings readings -> {
        readings.readings().forEach(r -> attribute(r.attribute().id(), r.status(), out));
        yield !readings.readings().isEmpty();
      }
      case ZclPayload.WriteResults results -> {
        results.failures().forEach(f -> attribute(f.attribute().id(), f.status(), out));
        yield !results.failures().isEmpty();
      }
      case ZclPayload.ClusterCommand ignored -> {
        command(frame.header().commandId(), ZclStatus.SUCCESS, out);
        yield true;
      }
      case ZclPayload.ReadAttributes ignored -> false;
      case ZclPayload.AttributeValues ignored -> false;
      case ZclPayload.Unrecognised ignored -> false;
    };
  }

  private static void command(int id, ZclStatus status, MmcWriter out) {
    out.open("ZIGBEECommandResponse").leaf("CommandID", String.format(Locale.ROOT, "%02X", id));
    status(status, out);
    out.close();
  }

  private static void attribute(int id, ZclStatus status, MmcWriter out) {
    out.open("ZIGBEEDataResponse").leaf("AttributeID", String.format(Locale.ROOT, "%04X", id));
    status(status, out);
    out.close();
  }

  private static void status(ZclStatus status, MmcWriter out) {
    out.open("Status").attribute("ResponseCode", Octets.of((byte) status.code()).hex());
    out.leaf("ZCLStatus", word(status)).close();
  }

  /** MMC's words are those of ZCL; a code that ZCL does not name has one word. */
  private static String word(ZclStatus status) {
    return status.name().startsWith("status ") ? "RESPONSE_CODE_NOT_KNOWN" : status.name();
  }
}
