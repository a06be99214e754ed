// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.futuredated;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What waits for its time, in the order in which it was commanded.
 *
 * @param pending of each kind one at most
 */
public record PendingCommands(List<Pending> pending) implements GasPart {
  static final GasPartCodec<PendingCommands> CODEC = new Codec();

  /**
   * One command that waits.
   *
   * @param kind a newer one of the same kind takes its place
   * @param code the use case of the command
   * @param counter the command's Originator Counter
   * @param sender the role in which it was sent: whom to tell
   * @param payload its components, as a GBZ payload of their own
   */
  public record Pending(
      String kind,
      Instant at,
      MessageCode code,
      OriginatorCounter counter,
      RemotePartyRole sender,
      Octets payload) {}

  /** Copies the list. */
  public PendingCommands {
    pending = List.copyOf(pending);
  }

  static PendingCommands of(GsmeState gsme) {
    return gsme.part(PendingCommands.class);
  }

  PendingCommands without(String kind) {
    return new PendingCommands(pending.stream().filter(p -> !p.kind().equals(kind)).toList());
  }

  PendingCommands without(RemotePartyRole sender) {
    return new PendingCommands(pending.stream().filter(p -> p.sender() != sender).toList());
  }

  PendingCommands with(Pending added) {
    List<Pending> longer = new ArrayList<>(without(added.kind()).pending());
    longer.add(added);
    return new PendingCommands(longer);
  }

  private static final class Codec implements GasPartCodec<PendingCommands> {
    @Override
    public Class<PendingCommands> type() {
      return PendingCommands.class;
    }

    @Override
    public PendingCommands manufactured(GasManufacture manufacture) {
      return new PendingCommands(List.of());
    }

    @Override
    public void write(PendingCommands part, OctetWriter image) {
      image.u8(part.pending().size());
      for (Pending pending : part.pending()) {
        byte[] kind = pending.kind().getBytes(StandardCharsets.US_ASCII);
        image.u8(kind.length).put(kind);
        ImageFields.writeInstant(pending.at(), image);
        image.u16(pending.code().value()).u64(pending.counter().value());
        ImageFields.writeConstant(pending.sender(), image);
        image.u16(pending.payload().length()).put(pending.payload());
      }
    }

    @Override
    public PendingCommands read(OctetReader image) throws DecodeException {
      List<Pending> pending = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        pending.add(
            new Pending(
                new String(image.takeArray(image.u8()), StandardCharsets.US_ASCII),
                ImageFields.readInstant(image),
                new MessageCode(image.u16()),
                new OriginatorCounter(image.u64()),
                ImageFields.readConstant(RemotePartyRole.class, image),
                image.take(image.u16())));
      }
      return new PendingCommands(pending);
    }
  }
}
