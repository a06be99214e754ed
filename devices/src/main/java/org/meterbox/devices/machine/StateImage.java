// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import static org.meterbox.devices.memory.ImageFields.readConstant;
import static org.meterbox.devices.memory.ImageFields.readInstant;
import static org.meterbox.devices.memory.ImageFields.writeConstant;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.memory.MemoryImage;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.devices.security.TrustAnchorCell;
import org.meterbox.devices.security.TrustAnchorCell.Purpose;
import org.meterbox.devices.security.TrustAnchors;
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
  private static final int VERSION = 1;

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
    if (reader.u16() != VERSION) {
      throw reader.fault(Fault.UNEXPECTED_VALUE, "the image is not of version " + VERSION);
    }
    return new DeviceState<>(
        Eui64.read(reader),
        readConstant(DeviceType.class, reader),
        keys.read(reader),
        readCertificates(reader),
        readAnchors(reader),
        readExecuted(reader),
        new OriginatorCounter(reader.u64()),
        readLog(reader),
        readLog(reader),
        readUnacknowledged(reader),
        reader.u64(),
        model.read(reader));
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
