// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.util.List;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclStatus;

/** What a device answers to one component of a command. */
public sealed interface ZclAnswer {
  /** The command is done and has no other answer. */
  static ZclAnswer done() {
    return new Status(ZclStatus.SUCCESS);
  }

  /** There is nothing to return; what follows in the message is carried out all the same. */
  static ZclAnswer nothing() {
    return new Status(ZclStatus.NOT_FOUND);
  }

  /** Default Response. */
  record Status(ZclStatus status) implements ZclAnswer {}

  /** One or more frames that everybody may read. */
  record Frames(List<ZclFrame> frames) implements ZclAnswer {
    /** Copies the list. */
    public Frames {
      frames = List.copyOf(frames);
    }
  }

  /** One or more frames whose payload only the party that asked may read. */
  record Sensitive(List<ZclFrame> frames) implements ZclAnswer {
    /** Copies the list. */
    public Sensitive {
      frames = List.copyOf(frames);
    }
  }

  /** The answer that a command failed. */
  static ZclAnswer refused(ZclStatus status) {
    return new Status(status);
  }

  /** Whether what follows in the message is not tried (GBCS section 7.2.9). */
  default boolean isFailure() {
    return switch (this) {
      case Status(ZclStatus status) ->
          !status.equals(ZclStatus.SUCCESS) && !status.equals(ZclStatus.NOT_FOUND);
      case Frames(List<ZclFrame> frames) -> frames.stream().anyMatch(ZclAnswer::hasFailedReading);
      case Sensitive(List<ZclFrame> frames) ->
          frames.stream().anyMatch(ZclAnswer::hasFailedReading);
    };
  }

  private static boolean hasFailedReading(ZclFrame frame) {
    return frame.payload() instanceof ZclPayload.AttributeReadings(var readings)
        && readings.stream().anyMatch(reading -> !reading.status().equals(ZclStatus.SUCCESS));
  }
}
