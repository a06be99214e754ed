// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.gbz.ZclCommand.Element;
import org.meterbox.gbcs.gbz.ZclPayload.AttributeReadings;
import org.meterbox.gbcs.gbz.ZclPayload.AttributeValue;
import org.meterbox.gbcs.gbz.ZclPayload.AttributeValues;
import org.meterbox.gbcs.gbz.ZclPayload.ClusterCommand;
import org.meterbox.gbcs.gbz.ZclPayload.DefaultResponse;
import org.meterbox.gbcs.gbz.ZclPayload.ReadAttributes;
import org.meterbox.gbcs.gbz.ZclPayload.Reading;
import org.meterbox.gbcs.gbz.ZclPayload.Unrecognised;
import org.meterbox.gbcs.gbz.ZclPayload.WriteFailure;
import org.meterbox.gbcs.gbz.ZclPayload.WriteResults;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/** Reads and writes what follows a ZCL header. */
final class ZclPayloadCodec {
  private ZclPayloadCodec() {}

  /** Reads all octets of the reader. */
  static ZclPayload read(Cluster cluster, ZclHeader header, OctetReader reader)
      throws DecodeException {
    // A manufacturer's own commands and attributes are none of the table's.
    if (header.manufacturerCode().isPresent()) {
      return new Unrecognised(reader.takeRemaining());
    }
    ZclPayload payload = recognise(cluster, header, reader);
    reader.expectEnd();
    return payload;
  }

  private static ZclPayload recognise(Cluster cluster, ZclHeader header, OctetReader reader)
      throws DecodeException {
    if (header.isClusterSpecific()) {
      Optional<ZclCommand> command =
          ZclCatalogue.command(cluster, header.direction(), header.commandId());
      return command.isPresent()
          ? new ClusterCommand(readFields(command.get().layout(), reader))
          : new Unrecognised(reader.takeRemaining());
    }
    Optional<GlobalCommand> command = GlobalCommand.ofId(header.commandId());
    return header.isProfileWide() && command.isPresent()
        ? readGlobal(cluster, command.get(), reader)
        : new Unrecognised(reader.takeRemaining());
  }

  private static ZclPayload readGlobal(Cluster cluster, GlobalCommand command, OctetReader reader)
      throws DecodeException {
    return switch (command) {
      case READ_ATTRIBUTES -> readAttributes(cluster, reader);
      case READ_ATTRIBUTES_RESPONSE -> readReadings(cluster, reader);
      case WRITE_ATTRIBUTES,
          WRITE_ATTRIBUTES_UNDIVIDED,
          WRITE_ATTRIBUTES_NO_RESPONSE,
          REPORT_ATTRIBUTES ->
          readValues(cluster, reader);
      case WRITE_ATTRIBUTES_RESPONSE -> readWriteResults(cluster, reader);
      case DEFAULT_RESPONSE -> new DefaultResponse(reader.u8(), new ZclStatus(reader.u8()));
      case CONFIGURE_REPORTING,
          CONFIGURE_REPORTING_RESPONSE,
          READ_REPORTING_CONFIGURATION,
          READ_REPORTING_CONFIGURATION_RESPONSE,
          DISCOVER_ATTRIBUTES,
          DISCOVER_ATTRIBUTES_RESPONSE,
          READ_ATTRIBUTES_STRUCTURED,
          WRITE_ATTRIBUTES_STRUCTURED,
          WRITE_ATTRIBUTES_STRUCTURED_RESPONSE ->
          new Unrecognised(reader.takeRemaining());
    };
  }

  private static ReadAttributes readAttributes(Cluster cluster, OctetReader reader)
      throws DecodeException {
    List<ZclAttribute> attributes = new ArrayList<>();
    while (reader.remaining() > 0) {
      attributes.add(new ZclAttribute(cluster, reader.u16LittleEndian()));
    }
    return new ReadAttributes(attributes);
  }

  private static AttributeReadings readReadings(Cluster cluster, OctetReader reader)
      throws DecodeException {
    List<Reading> readings = new ArrayList<>();
    while (reader.remaining() > 0) {
      ZclAttribute attribute = new ZclAttribute(cluster, reader.u16LittleEndian());
      ZclStatus status = new ZclStatus(reader.u8());
      readings.add(
          new Reading(
              attribute,
              status,
              status.equals(ZclStatus.SUCCESS)
                  ? Optional.of(ZclValueCodec.readTyped(reader))
                  : Optional.empty()));
    }
    return new AttributeReadings(readings);
  }

  private static AttributeValues readValues(Cluster cluster, OctetReader reader)
      throws DecodeException {
    List<AttributeValue> values = new ArrayList<>();
    while (reader.remaining() > 0) {
      ZclAttribute attribute = new ZclAttribute(cluster, reader.u16LittleEndian());
      values.add(new AttributeValue(attribute, ZclValueCodec.readTyped(reader)));
    }
    return new AttributeValues(values);
  }

  private static WriteResults readWriteResults(Cluster cluster, OctetReader reader)
      throws DecodeException {
    // ZCL 2.5.5: one octet of success where all went well, else only what did not.
    if (reader.remaining() == 1) {
      reader.expect(ZclStatus.SUCCESS.code(), "the status of a whole write");
      return new WriteResults(List.of());
    }
    List<WriteFailure> failures = new ArrayList<>();
    do {
      ZclStatus status = new ZclStatus(reader.u8());
      failures.add(new WriteFailure(status, new ZclAttribute(cluster, reader.u16LittleEndian())));
    } while (reader.remaining() > 0);
    return new WriteResults(failures);
  }

  private static ZclFields readFields(List<Element> layout, OctetReader reader)
      throws DecodeException {
    List<ZclField> fields = new ArrayList<>(layout.size());
    long before = 0;
    for (Element element : layout) {
      switch (element) {
        case ZclCommand.Scalar scalar -> {
          if (scalar.optional() && reader.remaining() == 0) {
            return new ZclFields(fields);
          }
          ZclValue value = ZclValueCodec.read(scalar.type(), reader);
          fields.add(new ZclField(scalar.name(), value));
          before = value instanceof ZclValue.Unsigned number ? number.value() : 0;
        }
        case ZclCommand.Repeat repeat ->
            fields.add(new ZclField(repeat.name(), readRows(repeat, before, reader)));
        case ZclCommand.OnlyIf onlyIf -> {
          ZclFields soFar = new ZclFields(fields);
          if (soFar.number(onlyIf.name()) != onlyIf.value()) {
            fields.add(new ZclField("Payload", new ZclValue.Rest(reader.takeRemaining())));
            return new ZclFields(fields);
          }
        }
        case ZclCommand.Remainder remainder -> {
          if (reader.remaining() > 0) {
            fields.add(new ZclField(remainder.name(), new ZclValue.Rest(reader.takeRemaining())));
          }
        }
      }
    }
    return new ZclFields(fields);
  }

  private static ZclValue.Rows readRows(ZclCommand.Repeat repeat, long before, OctetReader reader)
      throws DecodeException {
    List<ZclFields> rows = new ArrayList<>();
    if (repeat.count() == ZclCommand.Count.TO_END) {
      while (reader.remaining() > 0) {
        rows.add(readFields(repeat.row(), reader));
      }
      return new ZclValue.Rows(rows);
    }
    long count =
        switch (repeat.count()) {
          case FIELD_BEFORE -> before;
          case LOW_NIBBLE_BEFORE -> before & 0x0F;
          case FIXED, TO_END -> repeat.fixed();
        };
    // Each row takes an octet at least, so a count too great ends where the octets do.
    for (long i = 0; i < count; i++) {
      rows.add(readFields(repeat.row(), reader));
    }
    return new ZclValue.Rows(rows);
  }

  static void write(ZclPayload payload, OctetWriter writer) {
    switch (payload) {
      case ClusterCommand command -> ZclValueCodec.write(command.fields(), writer);
      case ReadAttributes read ->
          read.attributes().forEach(attribute -> writer.u16LittleEndian(attribute.id()));
      case AttributeReadings readings -> readings.readings().forEach(r -> write(r, writer));
      case AttributeValues values ->
          values
              .values()
              .forEach(value -> {
                writer.u16LittleEndian(value.attribute().id());
                ZclValueCodec.writeTyped(value.value(), writer);
              });
      case WriteResults results -> write(results, writer);
      case DefaultResponse response -> writer.u8(response.commandId()).u8(response.status().code());
      case Unrecognised unrecognised -> writer.put(unrecognised.octets());
    }
  }

  private static void write(Reading reading, OctetWriter writer) {
    writer.u16LittleEndian(reading.attribute().id()).u8(reading.status().code());
    reading.value().ifPresent(value -> ZclValueCodec.writeTyped(value, writer));
  }

  private static void write(WriteResults results, OctetWriter writer) {
    if (results.failures().isEmpty()) {
      writer.u8(ZclStatus.SUCCESS.code());
    }
    for (WriteFailure failure : results.failures()) {
      writer.u8(failure.status().code()).u16LittleEndian(failure.attribute().id());
    }
  }
}
