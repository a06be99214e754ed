// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclValue;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * All values of a command's payload, in their order, as the decoders of the device language find
 * them: numbers as {@code n:5}, strings of octets as {@code x:0A}.
 */
final class PayloadValues {
  private static final int DLMS_REQUEST = 0xD9;
  private static final int GBZ = 0x01;
  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_LENGTH = 0x80;
  private static final int INTEGER = 0x02;

  private final List<String> values = new ArrayList<>();

  private PayloadValues() {}

  /** The values; decoding and encoding again must give the same octets. */
  static List<String> of(GroupedContent content) throws DecodeException {
    PayloadValues values = new PayloadValues();
    Octets payload = content.payload();
    Octets again =
        switch (payload.at(0)) {
          case DLMS_REQUEST -> {
            AccessRequest request = AccessRequest.decode(payload);
            request.items().forEach(values::item);
            yield request.encode();
          }
          case GBZ -> {
            GbzMessage message = GbzMessage.decode(payload);
            message.components().forEach(values::component);
            yield message.encode();
          }
          default -> {
            values.der(payload.toArray(), 0, payload.length());
            yield Asn1Payload.decode(payload, content.header().messageCode(), CraFlag.COMMAND)
                .encode();
          }
        };
    if (!again.equals(payload)) {
      throw new IllegalStateException("decoded and encoded again: " + again.hex());
    }
    return values.values;
  }

  private void item(AccessRequest.Item item) {
    values.add(item.getClass().getSimpleName() + " " + item.target());
    if (item instanceof AccessRequest.Item.SelectiveGet selective) {
      value(selective.parameter());
    }
    value(item.data());
  }

  private void value(DlmsValue value) {
    switch (value) {
      case DlmsValue.ArrayOf(List<DlmsValue> elements) -> elements.forEach(this::value);
      case DlmsValue.Structure(List<DlmsValue> elements) -> elements.forEach(this::value);
      case DlmsValue.Int8 number -> number(number.value());
      case DlmsValue.Int16 number -> number(number.value());
      case DlmsValue.Int32 number -> number(number.value());
      case DlmsValue.UInt8 number -> number(number.value());
      case DlmsValue.UInt16 number -> number(number.value());
      case DlmsValue.UInt32 number -> number(number.value());
      case DlmsValue.OctetString string -> octets(string.octets());
      case DlmsValue.VisibleString string -> octets(string.octets());
      default -> values.add(value.toString());
    }
  }

  private void component(Component component) {
    values.add(component.name());
    component.fromDateTime().ifPresent(this::number);
    if (component instanceof Component.Plain plain) {
      if (plain.frame().payload() instanceof ZclPayload.ClusterCommand(ZclFields fields)) {
        fields(fields);
      } else {
        values.add(plain.frame().payload().toString());
      }
    }
  }

  private void fields(ZclFields fields) {
    fields
        .fields()
        .forEach(field -> {
          switch (field.value()) {
            case ZclValue.Unsigned number -> number(number.value());
            case ZclValue.Signed number -> number(number.value());
            case ZclValue.Text text -> octets(text.octets());
            case ZclValue.Rows rows -> rows.rows().forEach(this::fields);
            case ZclValue.Date(int year, int month, int day, int weekday) -> {
              number(year == ZclValue.Date.ANY ? year : year + 1900L);
              number(month);
              number(day);
              number(weekday);
            }
            default -> values.add(field.value().toString());
          }
        });
  }

  /** Tags and lengths only, so that nothing here knows what the use case means. */
  private void der(byte[] octets, int start, int end) {
    int at = start;
    while (at < end) {
      int tag = octets[at] & 0xFF;
      int length = octets[at + 1] & 0xFF;
      int content = at + 2;
      if (length > LONG_LENGTH) {
        int octetsOfLength = length - LONG_LENGTH;
        length = new BigInteger(1, octets, content, octetsOfLength).intValueExact();
        content += octetsOfLength;
      }
      int next = content + length;
      if ((tag & CONSTRUCTED) != 0) {
        octets(Octets.of(octets).slice(at, next));
        der(octets, content, next);
      } else {
        octets(Octets.of(octets).slice(content, next));
        if (length > 0 && (tag == INTEGER || tag >= LONG_LENGTH)) {
          values.add("n:" + new BigInteger(octets, content, length));
        }
      }
      at = next;
    }
  }

  private void number(long number) {
    values.add("n:" + number);
  }

  private void octets(Octets octets) {
    values.add("x:" + octets.hex());
  }
}
