// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.futuredated;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.Obis;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What was written to take effect later.
 *
 * @param passive values that were written and not yet given a time, by the attribute that they were
 *     written to
 * @param pending what waits for its time, in the order in which it was commanded
 */
public record FutureDated(Map<CosemAttribute, DlmsValue> passive, List<Pending> pending)
    implements EsmePart {
  static final PartCodec<FutureDated> CODEC = new Codec();

  /**
   * One item of a command that waits.
   *
   * @param activation the attribute that gave it its time
   * @param command the use case of the command
   * @param counter the command's Originator Counter
   * @param sender the role in which it was sent: whom to tell
   * @param values what will stand where
   */
  public record Pending(
      CosemAttribute activation,
      Instant at,
      MessageCode command,
      OriginatorCounter counter,
      RemotePartyRole sender,
      Map<CosemAttribute, DlmsValue> values) {
    /** Copies the map. */
    public Pending {
      values = Map.copyOf(values);
    }
  }

  /** Copies the collections. */
  public FutureDated {
    passive = Map.copyOf(passive);
    pending = List.copyOf(pending);
  }

  FutureDated withPassive(CosemAttribute attribute, DlmsValue value) {
    Map<CosemAttribute, DlmsValue> changed = new HashMap<>(passive);
    changed.put(attribute, value);
    return new FutureDated(changed, pending);
  }

  /** Without what waits under an activation. */
  FutureDated without(CosemAttribute activation) {
    return new FutureDated(
        passive, pending.stream().filter(p -> !p.activation().equals(activation)).toList());
  }

  /** Without what a party in this role has sent. */
  FutureDated without(RemotePartyRole sender) {
    return new FutureDated(passive, pending.stream().filter(p -> p.sender() != sender).toList());
  }

  /** With one more that waits, instead of what waited under the same activation. */
  FutureDated with(Pending added) {
    List<Pending> changed = new ArrayList<>(without(added.activation()).pending());
    changed.add(added);
    return new FutureDated(passive, changed);
  }

  private static final class Codec implements PartCodec<FutureDated> {
    @Override
    public Class<FutureDated> type() {
      return FutureDated.class;
    }

    @Override
    public FutureDated manufactured(Manufacture manufacture) {
      return new FutureDated(Map.of(), List.of());
    }

    @Override
    public void write(FutureDated part, OctetWriter image) {
      StoredValues.write(part.passive(), image);
      image.u16(part.pending().size());
      for (Pending pending : part.pending()) {
        image.u16(pending.activation().classId());
        pending.activation().object().write(image);
        image.u8(pending.activation().member());
        ImageFields.writeInstant(pending.at(), image);
        image.u16(pending.command().value()).u64(pending.counter().value());
        ImageFields.writeConstant(pending.sender(), image);
        StoredValues.write(pending.values(), image);
      }
    }

    @Override
    public FutureDated read(OctetReader image) throws DecodeException {
      Map<CosemAttribute, DlmsValue> passive = StoredValues.read(image);
      List<Pending> pending = new ArrayList<>();
      for (int left = image.u16(); left > 0; left--) {
        pending.add(
            new Pending(
                new CosemAttribute(image.u16(), Obis.read(image), image.u8()),
                ImageFields.readInstant(image),
                new MessageCode(image.u16()),
                new OriginatorCounter(image.u64()),
                ImageFields.readConstant(RemotePartyRole.class, image),
                StoredValues.read(image)));
      }
      return new FutureDated(passive, pending);
    }
  }
}
