// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.alert.DlmsDetail.AboutDevice;
import org.meterbox.gbcs.alert.DlmsDetail.BillingData;
import org.meterbox.gbcs.alert.DlmsDetail.CommandInHome;
import org.meterbox.gbcs.alert.DlmsDetail.ControllerPort;
import org.meterbox.gbcs.alert.DlmsDetail.FirmwareReceipt;
import org.meterbox.gbcs.alert.DlmsDetail.FutureDated;
import org.meterbox.gbcs.alert.DlmsDetail.HubDevice;
import org.meterbox.gbcs.alert.DlmsDetail.HubDeviceLog;
import org.meterbox.gbcs.alert.DlmsDetail.Integrity;
import org.meterbox.gbcs.alert.DlmsDetail.LevelEnded;
import org.meterbox.gbcs.alert.DlmsDetail.LevelSet;
import org.meterbox.gbcs.alert.DlmsDetail.LostMessage;
import org.meterbox.gbcs.alert.DlmsDetail.OperationalUpdate;
import org.meterbox.gbcs.alert.DlmsDetail.SubGhzChannelChanged;
import org.meterbox.gbcs.alert.DlmsDetail.SubGhzConfiguration;
import org.meterbox.gbcs.alert.DlmsDetail.SubGhzScanOutcome;
import org.meterbox.gbcs.alert.DlmsDetail.SupplyOutage;
import org.meterbox.gbcs.alert.DlmsDetail.UnsupportedCommand;
import org.meterbox.gbcs.dlms.DlmsAlert.FutureDatedExecution;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt8;
import org.meterbox.gbcs.dlms.DlmsValue.Utf8String;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Between the DLMS values of an alert and what they mean. */
final class DlmsItems {
  private static final int CS14 = 0x0018;
  private static final int ECS68 = 0x0061;
  private static final int ECS80 = 0x0067;
  private static final int FUTURE_DATED = 0x00CC;
  private static final int FIRMWARE_RECEIPT = 0x00CE;
  private static final int INTEGRITY_WARNING = 0x00F0;
  private static final int DBCH06 = 0x0110;
  private static final int DBCH07 = 0x0111;
  private static final int DBCH08 = 0x0112;
  private static final int DBCH09 = 0x0113;
  private static final int DBCH10 = 0x0114;
  private static final int DBCH11 = 0x0115;
  private static final int ECS100 = 0x0120;
  private static final int ECS101 = 0x0121;
  private static final int ECS102 = 0x0122;
  private static final int ECS200 = 0x0123;

  private static final int CHANNEL_BITS = 32;
  private static final int HASH_OCTETS = 32;
  private static final int LOST_MESSAGE_OCTETS = 25;
  private static final int UNSUPPORTED_COMMAND_OCTETS = 10;

  private DlmsItems() {}

  /** What the items mean; unrecognised where they are not as the message code prescribes. */
  static DlmsDetail read(int messageCode, int alertCode, List<DlmsValue> items) {
    Optional<? extends DlmsDetail> detail =
        switch (items.size()) {
          case 0 -> Optional.of(DlmsDetail.None.VALUE);
          case 1 -> readOne(messageCode, alertCode, items.getFirst());
          default -> readSeveral(messageCode, items);
        };
    return detail.isPresent() ? detail.get() : new DlmsDetail.Unrecognised(items);
  }

  private static Optional<? extends DlmsDetail> readOne(
      int messageCode, int alertCode, DlmsValue item) {
    return switch (item) {
      case OctetString(Octets octets) -> readOctets(messageCode, alertCode, octets);
      case Structure structure -> readStructure(messageCode, structure);
      case Utf8String(Octets octets) when messageCode == ECS200 -> operationalUpdate(octets);
      default -> Optional.empty();
    };
  }

  private static Optional<OperationalUpdate> operationalUpdate(Octets octets) {
    String text = new String(octets.toArray(), StandardCharsets.UTF_8);
    // Octets that are no UTF-8 would not come back from the text.
    return Octets.of(text.getBytes(StandardCharsets.UTF_8)).equals(octets)
        ? Optional.of(new OperationalUpdate(text))
        : Optional.empty();
  }

  private static Optional<? extends DlmsDetail> readOctets(
      int messageCode, int alertCode, Octets octets) {
    return switch (messageCode) {
      case FUTURE_DATED -> FutureDatedExecution.of(octets).map(FutureDated::new);
      case FIRMWARE_RECEIPT ->
          exactly(HASH_OCTETS, octets, reader -> new FirmwareReceipt(reader.takeRemaining()));
      case INTEGRITY_WARNING -> exactly(2, octets, reader -> new Integrity(reader.u16()));
      case DBCH06, DBCH11 ->
          exactly(Eui64.OCTETS, octets, reader -> new AboutDevice(Eui64.read(reader)));
      case DBCH10 -> exactly(LOST_MESSAGE_OCTETS, octets, DlmsItems::readLostMessage);
      case ECS100 ->
          exactly(
              UNSUPPORTED_COMMAND_OCTETS,
              octets,
              reader ->
                  new UnsupportedCommand(
                      new MessageCode(reader.u16()), new OriginatorCounter(reader.u64())));
      default ->
          isCommandInHome(alertCode)
              ? exactly(2, octets, reader -> new CommandInHome(new MessageCode(reader.u16())))
              : Optional.empty();
    };
  }

  /** Reads a detail of a fixed length. */
  @FunctionalInterface
  private interface DetailReader {
    DlmsDetail read(OctetReader reader) throws DecodeException;
  }

  private static Optional<DlmsDetail> exactly(int length, Octets octets, DetailReader reader) {
    if (octets.length() != length) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(octets.reader()));
    } catch (DecodeException cannotBe) {
      throw new IllegalStateException("the length was checked", cannotBe);
    }
  }

  private static boolean isCommandInHome(int alertCode) {
    return switch (alertCode) {
      case 0x8154, 0x8155, 0x8161, 0x8162 -> true;
      default -> false;
    };
  }

  private static LostMessage readLostMessage(OctetReader reader) throws DecodeException {
    return new LostMessage(
        Eui64.read(reader), Eui64.read(reader), reader.u8(), new OriginatorCounter(reader.u64()));
  }

  private static Optional<? extends DlmsDetail> readStructure(
      int messageCode, Structure structure) {
    return switch (messageCode) {
      case CS14 -> readHubDeviceLog(structure.elements());
      case DBCH07 -> readChannelChanged(structure.elements());
      case DBCH08 -> readScanOutcome(structure.elements());
      case DBCH09 -> Optional.of(new SubGhzConfiguration(structure));
      default -> Optional.empty();
    };
  }

  private static Optional<SubGhzChannelChanged> readChannelChanged(List<DlmsValue> parts) {
    return parts.size() == 2
            && parts.get(0) instanceof BitString channel
            && channel.bits() == CHANNEL_BITS
            && parts.get(1) instanceof OctetString(Octets reason)
            && reason.length() == 1
        ? Optional.of(new SubGhzChannelChanged(channel, reason.at(0)))
        : Optional.empty();
  }

  private static Optional<SubGhzScanOutcome> readScanOutcome(List<DlmsValue> parts) {
    return parts.size() == 2
            && parts.get(0) instanceof OctetString(Octets outcome)
            && outcome.length() == 1
            && parts.get(1) instanceof OctetString(Octets reason)
            && reason.length() == 1
        ? Optional.of(new SubGhzScanOutcome(outcome.at(0), reason.at(0)))
        : Optional.empty();
  }

  private static Optional<HubDeviceLog> readHubDeviceLog(List<DlmsValue> parts) {
    if (!(parts.size() == 3
        && parts.get(1) instanceof OctetString(Octets pan)
        && pan.length() == Eui64.OCTETS
        && parts.get(2) instanceof ArrayOf(List<DlmsValue> rows))) {
      return Optional.empty();
    }
    List<HubDevice> devices = new ArrayList<>(rows.size());
    for (DlmsValue row : rows) {
      if (!(row instanceof Structure(List<DlmsValue> cells)
          && cells.size() == 2
          && cells.get(0) instanceof OctetString(Octets device)
          && device.length() == Eui64.OCTETS
          && cells.get(1) instanceof OctetString(Octets hash))) {
        return Optional.empty();
      }
      devices.add(new HubDevice(eui(device), hash));
    }
    return DlmsDateTime.of(parts.getFirst())
        .map(changed -> new HubDeviceLog(changed, eui(pan), devices));
  }

  private static Optional<? extends DlmsDetail> readSeveral(
      int messageCode, List<DlmsValue> items) {
    return switch (messageCode) {
      case ECS68 -> readBillingData(items);
      case ECS80 -> readOutage(items);
      case ECS101 -> readLevelSet(items);
      case ECS102 -> readLevelEnded(items);
      default -> Optional.empty();
    };
  }

  private static Optional<BillingData> readBillingData(List<DlmsValue> items) {
    return items.size() == 2
        ? ProtectedAttributes.Response.of(items.get(0), items.get(1)).map(BillingData::new)
        : Optional.empty();
  }

  private static Optional<SupplyOutage> readOutage(List<DlmsValue> items) {
    return items.size() == 2
        ? DlmsDateTime.of(items.get(0))
            .flatMap(from -> DlmsDateTime.of(items.get(1)).map(to -> new SupplyOutage(from, to)))
        : Optional.empty();
  }

  private static Optional<LevelSet> readLevelSet(List<DlmsValue> items) {
    if (!(items.size() == 4
        && items.get(0) instanceof UInt8(int port)
        && items.get(3) instanceof UInt8(int percent))) {
      return Optional.empty();
    }
    Optional<DlmsDateTime> end = DlmsDateTime.of(items.get(2));
    return DlmsDateTime.of(items.get(1))
        .flatMap(from -> end.map(to -> new LevelSet(new ControllerPort(port), from, to, percent)));
  }

  private static Optional<LevelEnded> readLevelEnded(List<DlmsValue> items) {
    return items.size() == 2
            && items.get(0) instanceof UInt8(int port)
            && items.get(1) instanceof UInt8(int percent)
        ? Optional.of(new LevelEnded(new ControllerPort(port), percent))
        : Optional.empty();
  }

  /** The values that carry a detail. */
  static List<DlmsValue> write(DlmsDetail detail) {
    return switch (detail) {
      case DlmsDetail.None ignored -> List.of();
      case FutureDated(FutureDatedExecution execution) -> List.of(execution.toValue());
      case FirmwareReceipt receipt -> List.of(octets(receipt.imageHash()));
      case Integrity issue -> List.of(octets(u16(issue.issueCode())));
      case CommandInHome command -> List.of(octets(u16(command.equivalent().value())));
      case HubDeviceLog log -> List.of(write(log));
      case BillingData(ProtectedAttributes.Response entry) ->
          List.of(entry.parameters().toValue(), octets(entry.block()));
      case SupplyOutage outage ->
          List.of(outage.interrupted().toValue(), outage.restored().toValue());
      case AboutDevice about -> List.of(octets(about.device().octets()));
      case SubGhzChannelChanged changed ->
          List.of(DlmsValue.structure(changed.channel(), octets(u8(changed.reason()))));
      case SubGhzScanOutcome scan ->
          List.of(DlmsValue.structure(octets(u8(scan.outcome())), octets(u8(scan.reason()))));
      case SubGhzConfiguration configuration -> List.of(configuration.configuration());
      case LostMessage lost -> List.of(octets(write(lost)));
      case UnsupportedCommand command ->
          List.of(
              octets(
                  new OctetWriter(UNSUPPORTED_COMMAND_OCTETS)
                      .u16(command.command().value())
                      .u64(command.counter().value())
                      .toOctets()));
      case LevelSet level ->
          List.of(
              new UInt8(level.port().code()),
              level.start().toValue(),
              level.end().toValue(),
              new UInt8(level.percent()));
      case LevelEnded level -> List.of(new UInt8(level.port().code()), new UInt8(level.percent()));
      case OperationalUpdate update ->
          List.of(new Utf8String(Octets.of(update.json().getBytes(StandardCharsets.UTF_8))));
      case DlmsDetail.Unrecognised unrecognised -> unrecognised.items();
    };
  }

  private static DlmsValue write(HubDeviceLog log) {
    return DlmsValue.structure(
        log.changed().toValue(),
        octets(log.extendedPanId().octets()),
        new ArrayOf(
            log.devices().stream()
                .<DlmsValue>map(device ->
                    DlmsValue.structure(
                        octets(device.device().octets()), octets(device.linkKeyHash())))
                .toList()));
  }

  private static Octets write(LostMessage lost) {
    return new OctetWriter(LOST_MESSAGE_OCTETS)
        .u64(lost.originator().value())
        .u64(lost.target().value())
        .u8(lost.craFlag())
        .u64(lost.counter().value())
        .toOctets();
  }

  private static OctetString octets(Octets octets) {
    return new OctetString(octets);
  }

  private static Octets u8(int value) {
    return new OctetWriter(1).u8(value).toOctets();
  }

  private static Octets u16(int value) {
    return new OctetWriter(2).u16(value).toOctets();
  }

  /** The identifier in eight octets. */
  private static Eui64 eui(Octets octets) {
    long value = 0;
    for (int i = 0; i < Eui64.OCTETS; i++) {
      value = (value << 8) | octets.at(i);
    }
    return new Eui64(value);
  }
}
