// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import static org.meterbox.devices.memory.ImageFields.readConstant;
import static org.meterbox.devices.memory.ImageFields.readInstant;
import static org.meterbox.devices.memory.ImageFields.writeConstant;
import static org.meterbox.devices.memory.ImageFields.writeInstant;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.memory.MemoryImage;
import org.meterbox.devices.security.DeviceCredentials;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.PendingCredentialUpdate;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchorCell.Purpose;
import org.meterbox.devices.security.TrustAnchors;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.FirmwareContent;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Writes and reads a device's state as a memory image. The first two octets are the version of this
 * form; an image of an unknown version is refused, never guessed at.
 */
final class StateImage<F> {
  private static final int VERSION = 2;

  /** Without keys that wait, top-up floor, waiting replacements, device log and firmware. */
  private static final int FIRST_VERSION = 1;

  private final DeviceModel<F> model;
  private final DeviceKeys.Reader keys;

  StateImage(DeviceModel<F> model, DeviceKeys.Reader keys) {
    this.model = model;
    this.keys = keys;
  }

  MemoryImage write(DeviceState<F> state) {
    OctetWriter image = new OctetWriter(8192).u16(VERSION);
    state.id().write(image);
    writeConstant(state.type(), image);
    state.keys().write(image);
    writeCertificates(state.certificates(), image);
    writeAnchors(state.anchors(), image);
    image.u8(state.executed().size());
    state
        .executed()
        .forEach((role, counter) -> {
          writeConstant(role, image);
          image.u64(counter.value());
        });
    image.u64(state.lastOwnCounter().value());
    writeLog(state.securityLog(), image);
    writeLog(state.eventLog(), image);
    image.u8(state.unacknowledged().size());
    state
        .unacknowledged()
        .forEach(outgoing -> {
          image.u64(outgoing.number()).u32(outgoing.message().length()).put(outgoing.message());
        });
    image.u64(state.lastOutgoing());
    state.keys().writePending(image);
    writeTopUpFloor(state.credentials(), image);
    writePendingUpdates(state.credentials().pending(), image);
    writeDeviceLog(state.deviceLog(), image);
    writeFirmware(state.firmware(), image);
    model.write(state.function(), image);
    return new MemoryImage(image.toArray());
  }

  DeviceState<F> read(MemoryImage image) throws MemoryFailureException {
    try {
      OctetReader reader = Octets.of(image.octets()).reader();
      DeviceState<F> state = read(reader);
      reader.expectEnd();
      return state;
    } catch (DecodeException e) {
      throw new MemoryFailureException("the memory image makes no sense", e);
    }
  }

  private DeviceState<F> read(OctetReader reader) throws DecodeException {
    int version = reader.u16();
    if (version != VERSION && version != FIRST_VERSION) {
      throw reader.fault(
          Fault.UNEXPECTED_VALUE,
          String.format(Locale.ROOT, "the image is of version %d, not %d", version, VERSION));
    }
    Eui64 id = Eui64.read(reader);
    DeviceType type = readConstant(DeviceType.class, reader);
    DeviceCredentials credentials =
        new DeviceCredentials(
            keys.read(reader),
            readCertificates(reader),
            readAnchors(reader),
            readExecuted(reader),
            Optional.empty(),
            List.of());
    OriginatorCounter lastOwnCounter = new OriginatorCounter(reader.u64());
    CircularLog securityLog = readLog(reader);
    CircularLog eventLog = readLog(reader);
    List<Outgoing> unacknowledged = readUnacknowledged(reader);
    long lastOutgoing = reader.u64();
    boolean isFirst = version == FIRST_VERSION;
    return new DeviceState<>(
        id,
        type,
        isFirst ? credentials : readWaiting(credentials, reader),
        lastOwnCounter,
        securityLog,
        eventLog,
        unacknowledged,
        lastOutgoing,
        isFirst ? DeviceLog.EMPTY : readDeviceLog(reader),
        isFirst ? FirmwareState.NONE : readFirmware(reader),
        model.read(reader));
  }

  private static DeviceCredentials readWaiting(DeviceCredentials inUse, OctetReader reader)
      throws DecodeException {
    DeviceCredentials credentials = inUse.withKeys(inUse.keys().readPending(reader));
    if (reader.u8() == 1) {
      credentials = credentials.withTopUpFloor(new OriginatorCounter(reader.u64()));
    }
    for (int left = reader.u8(); left > 0; left--) {
      credentials =
          credentials.withPending(
              new PendingCredentialUpdate(
                  readInstant(reader),
                  new MessageCode(reader.u16()),
                  Eui64.read(reader),
                  readConstant(RemotePartyRole.class, reader),
                  reader.take((int) reader.u32())));
    }
    return credentials;
  }

  private static void writeTopUpFloor(DeviceCredentials credentials, OctetWriter image) {
    image.u8(credentials.topUpFloor().isPresent() ? 1 : 0);
    credentials.topUpFloor().ifPresent(floor -> image.u64(floor.value()));
  }

  private static void writePendingUpdates(
      List<PendingCredentialUpdate> pending, OctetWriter image) {
    image.u8(pending.size());
    pending.forEach(update -> {
      writeInstant(update.at(), image);
      image.u16(update.code().value());
      update.originator().write(image);
      writeConstant(update.sender(), image);
      image.u32(update.payload().length()).put(update.payload());
    });
  }

  private static void writeDeviceLog(DeviceLog log, OctetWriter image) {
    image.u8(log.entries().size());
    log.entries()
        .forEach(entry -> {
          entry.device().write(image);
          image.u8(entry.typeCode());
        });
  }

  private static DeviceLog readDeviceLog(OctetReader reader) throws DecodeException {
    List<DeviceLogEntry> entries = new ArrayList<>();
    for (int left = reader.u8(); left > 0; left--) {
      entries.add(new DeviceLogEntry(Eui64.read(reader), reader.u8()));
    }
    if (entries.size() > DeviceLog.CAPACITY) {
      throw reader.fault(Fault.LIMIT_EXCEEDED, "too many entries of a device log");
    }
    return new DeviceLog(entries);
  }

  private static void writeFirmware(FirmwareState firmware, OctetWriter image) {
    image.u8(firmware.held().isPresent() ? 1 : 0);
    firmware.held().ifPresent(held -> image.put(held.hash()).put(held.version()));
    image.u8(firmware.pending().isPresent() ? 1 : 0);
    firmware
        .pending()
        .ifPresent(pending -> {
          writeInstant(pending.at(), image);
          image.put(pending.hash()).u64(pending.counter().value());
          pending.originator().write(image);
        });
  }

  private static FirmwareState readFirmware(OctetReader reader) throws DecodeException {
    FirmwareState firmware = FirmwareState.NONE;
    if (reader.u8() == 1) {
      firmware =
          firmware.withHeld(
              new FirmwareState.Image(
                  reader.take(FirmwareContent.HASH_OCTETS),
                  reader.take(FirmwareContent.VERSION_OCTETS)));
    }
    if (reader.u8() == 1) {
      firmware =
          firmware.withPending(
              new FirmwareState.PendingActivation(
                  readInstant(reader),
                  reader.take(FirmwareContent.HASH_OCTETS),
                  new OriginatorCounter(reader.u64()),
                  Eui64.read(reader)));
    }
    return firmware;
  }

  private static void writeCertificates(Map<KeyUse, Octets> certificates, OctetWriter image) {
    image.u8(certificates.size());
    certificates.forEach((use, certificate) -> {
      writeConstant(use, image);
      image.u16(certificate.length()).put(certificate);
    });
  }

  private static Map<KeyUse, Octets> readCertificates(OctetReader reader) throws DecodeException {
    Map<KeyUse, Octets> certificates = new EnumMap<>(KeyUse.class);
    for (int left = reader.u8(); left > 0; left--) {
      certificates.put(readConstant(KeyUse.class, reader), reader.take(reader.u16()));
    }
    return certificates;
  }

  private static void writeAnchors(TrustAnchors anchors, OctetWriter image) {
    image.u8(anchors.byCell().size());
    anchors
        .byCell()
        .forEach((cell, certificate) -> {
          writeConstant(cell.role(), image);
          writeConstant(cell.keyUse(), image);
          writeConstant(cell.purpose(), image);
          image.u16(certificate.der().length()).put(certificate.der());
        });
  }

  private static TrustAnchors readAnchors(OctetReader reader) throws DecodeException {
    Map<TrustAnchorCell, PartyCertificate> cells = new HashMap<>();
    for (int left = reader.u8(); left > 0; left--) {
      RemotePartyRole role = readConstant(RemotePartyRole.class, reader);
      KeyUse use = readConstant(KeyUse.class, reader);
      Purpose purpose = readConstant(Purpose.class, reader);
      PartyCertificate certificate =
          PartyCertificate.read(reader.take(reader.u16()), use)
              .orElseThrow(() -> reader.fault(Fault.UNEXPECTED_VALUE, "not a certificate"));
      cells.put(new TrustAnchorCell(role, use, purpose), certificate);
    }
    return new TrustAnchors(cells);
  }

  private static Map<RemotePartyRole, OriginatorCounter> readExecuted(OctetReader reader)
      throws DecodeException {
    Map<RemotePartyRole, OriginatorCounter> executed = new EnumMap<>(RemotePartyRole.class);
    for (int left = reader.u8(); left > 0; left--) {
      executed.put(
          readConstant(RemotePartyRole.class, reader), new OriginatorCounter(reader.u64()));
    }
    return executed;
  }

  private static void writeLog(CircularLog log, OctetWriter image) {
    image.u8(log.entries().size());
    log.entries()
        .forEach(entry -> {
          image.u64(entry.at().getEpochSecond()).u16(entry.code());
          image.u8(entry.other().length()).put(entry.other());
        });
  }

  private static CircularLog readLog(OctetReader reader) throws DecodeException {
    List<LogEntry> entries = new ArrayList<>();
    for (int left = reader.u8(); left > 0; left--) {
      entries.add(new LogEntry(readInstant(reader), reader.u16(), reader.take(reader.u8())));
    }
    return new CircularLog(entries);
  }

  private static List<Outgoing> readUnacknowledged(OctetReader reader) throws DecodeException {
    List<Outgoing> unacknowledged = new ArrayList<>();
    for (int left = reader.u8(); left > 0; left--) {
      unacknowledged.add(new Outgoing(reader.u64(), reader.take((int) reader.u32())));
    }
    return unacknowledged;
  }
}
