// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.List;
import java.util.Locale;

/**
 * A cluster-specific command as the table describes it.
 *
 * @param cluster the cluster it belongs to
 * @param direction who sends it
 * @param id 0 to 255
 * @param name as the ZigBee Smart Energy specification spells it
 * @param layout its fields in order
 */
public record ZclCommand(
    Cluster cluster, Direction direction, int id, String name, List<Element> layout) {
  /** Who sends a command: bit 3 of the ZCL frame control. */
  public enum Direction {
    FROM_CLIENT,
    FROM_SERVER
  }

  /** One part of a layout. */
  public sealed interface Element {
    /** The name of the part. */
    String name();
  }

  /** A field; an optional one may only be absent at the end. */
  public record Scalar(String name, ZclType type, boolean optional) implements Element {}

  /** Rows. */
  public record Repeat(String name, Count count, int fixed, List<Element> row) implements Element {
    /** Copies the list. */
    public Repeat {
      row = List.copyOf(row);
    }
  }

  /** What says how many rows there are. */
  public enum Count {
    /** The payload ends after the last row. */
    TO_END,
    /** The field before the rows. */
    FIELD_BEFORE,
    /** The low four bits of the field before the rows. */
    LOW_NIBBLE_BEFORE,
    /** The layout itself. */
    FIXED
  }

  /** The layout goes on only if a former field has this value; otherwise the rest stays octets. */
  public record OnlyIf(String name, long value) implements Element {}

  /** Octets to the end; absent where none remain. */
  public record Remainder(String name) implements Element {}

  /** Copies the list. */
  public ZclCommand {
    layout = List.copyOf(layout);
  }

  /** Fills the fields of the command. */
  public ZclFieldsBuilder fields() {
    return new ZclFieldsBuilder(layout);
  }

  /**
   * A frame of this command.
   *
   * @param frameControl as the use case prescribes it
   * @throws IllegalArgumentException where the frame control is that of another kind of command
   */
  public ZclFrame frame(int frameControl, int sequenceNumber, ZclFields fields) {
    ZclHeader header = ZclHeader.of(frameControl, sequenceNumber, id);
    if (!header.isClusterSpecific() || header.direction() != direction) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "frame control %02X is not that of %s", frameControl, name));
    }
    return new ZclFrame(cluster, header, new ZclPayload.ClusterCommand(fields));
  }
}
