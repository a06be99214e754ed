// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** A ZCL header with its payload, and the cluster that they belong to. */
public record ZclFrame(Cluster cluster, ZclHeader header, ZclPayload payload) {
  /** Reads a payload whose header came apart from it, as in a decrypted component. */
  public static ZclFrame decode(Cluster cluster, ZclHeader header, Octets payload)
      throws DecodeException {
    return new ZclFrame(cluster, header, ZclPayloadCodec.read(cluster, header, payload.reader()));
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
    return known.orElseGet(() -> "command 0x%02X".formatted(header.commandId()));
  }
}
