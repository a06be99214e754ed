// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** A ZCL header with its payload, and the cluster that they belong to. */
public record ZclFrame(Cluster cluster, ZclHeader header, ZclPayload payload) {
  private static final int NOT_TRIED = 0xFF;

  /** Reads a payload whose header came apart from it, as in a decrypted component. */
  public static ZclFrame decode(Cluster cluster, ZclHeader header, Octets payload)
      throws DecodeException {
    return new ZclFrame(cluster, header, ZclPayloadCodec.read(cluster, header, payload.reader()));
  }

  /** Read Attributes as GBCS commands have it. */
  public static ZclFrame readAttributes(Cluster cluster, int sequenceNumber, int... ids) {
    List<ZclAttribute> attributes =
        Arrays.stream(ids).mapToObj(id -> new ZclAttribute(cluster, id)).toList();
    return new ZclFrame(
        cluster,
        ZclHeader.of(0, sequenceNumber, GlobalCommand.READ_ATTRIBUTES.id()),
        new ZclPayload.ReadAttributes(attributes));
  }

  /**
   * Read Attributes Response.
   *
   * @param frameControl 08 or 18, as the use case prescribes it
   */
  public static ZclFrame readings(
      Cluster cluster, int frameControl, int sequenceNumber, List<ZclPayload.Reading> readings) {
    return new ZclFrame(
        cluster,
        ZclHeader.of(frameControl, sequenceNumber, GlobalCommand.READ_ATTRIBUTES_RESPONSE.id()),
        new ZclPayload.AttributeReadings(readings));
  }

  /** Default Response: what became of a command that has no other answer. */
  public ZclFrame defaultResponse(ZclStatus status) {
    return defaultResponse(header.commandId(), status);
  }

  /** The answer to a command that was not tried since an earlier one of its message failed. */
  public ZclFrame notTried() {
    return defaultResponse(NOT_TRIED, ZclStatus.FAILURE);
  }

  private ZclFrame defaultResponse(int answeredCommand, ZclStatus status) {
    int frameControl = header.direction() == ZclCommand.Direction.FROM_CLIENT ? 0x08 : 0x00;
    return new ZclFrame(
        cluster,
        ZclHeader.of(frameControl, header.sequenceNumber(), GlobalCommand.DEFAULT_RESPONSE.id()),
        new ZclPayload.DefaultResponse(answeredCommand, status));
  }

  static ZclFrame read(Cluster cluster, OctetReader reader) throws DecodeException {
    ZclHeader header = ZclHeader.read(reader);
    return new ZclFrame(cluster, header, ZclPayloadCodec.read(cluster, header, reader));
  }

  /** The octets of the payload alone: what encryption covers. */
  public Octets payloadOctets() {
    OctetWriter writer = new OctetWriter(64);
    ZclPayloadCodec.write(payload, writer);
    return writer.toOctets();
  }

  /** The command's name, or its number where the table does not know it. */
  public String name() {
    return name(cluster, header);
  }

  static String name(Cluster cluster, ZclHeader header) {
    Optional<String> known = Optional.empty();
    if (header.manufacturerCode().isEmpty()) {
      known =
          header.isClusterSpecific()
              ? ZclCatalogue.command(cluster, header.direction(), header.commandId())
                  .map(ZclCommand::name)
              : GlobalCommand.ofId(header.commandId()).map(GlobalCommand::title);
    }
    return known.orElseGet(() -> String.format(Locale.ROOT, "command 0x%02X", header.commandId()));
  }
}
