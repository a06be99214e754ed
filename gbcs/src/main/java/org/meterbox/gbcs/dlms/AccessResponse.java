// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * DLMS ACCESS.response: values and results in the order of the request's specifications.
 *
 * <pre>
 * DA | long-invoke-id(4) | 00 | 00 | L data | L results: choice, result code
 * </pre>
 *
 * @param longInvokeId the request's four octets
 * @param items one per specification
 */
public record AccessResponse(long longInvokeId, List<Item> items) {
  /** The tag that begins the payload. */
  public static final int TAG = 0xDA;

  /** Copies the list. */
  public AccessResponse {
    items = List.copyOf(items);
    if (items.size() > AccessRequest.MAX_ITEMS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "at most %d results", AccessRequest.MAX_ITEMS));
    }
  }

  /** What kind of specification is answered. */
  public enum Kind {
    GET(1),
    SET(2),
    ACTION(3);

    private final int choice;

    Kind(int choice) {
      this.choice = choice;
    }

    /** The octet on the wire. */
    public int choice() {
      return choice;
    }
  }

  /**
   * The answer to one specification.
   *
   * @param resultCode {@link #SUCCESS}, or why it failed (DLMS data-access-result)
   * @param data the value read or returned; null-data otherwise
   */
  public record Item(Kind kind, int resultCode, DlmsValue data) {
    /** Whether it was carried out. */
    public boolean successful() {
      return resultCode == SUCCESS;
    }
  }

  /** Carried out. */
  public static final int SUCCESS = 0;

  /** Not carried out for a reason without a name, also everything after the first error. */
  public static final int OTHER_REASON = 250;

  /** Reads a whole payload. */
  public static AccessResponse decode(Octets payload) throws DecodeException {
    OctetReader reader = payload.reader();
    reader.expect(TAG, "the ACCESS.response tag");
    long invokeId = reader.u32();
    reader.expect(0, "the date-time length");
    reader.expect(0, "the presence of request specifications");
    int count = BerLength.read(reader);
    if (count > AccessRequest.MAX_ITEMS) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(Locale.ROOT, "at most %d items", AccessRequest.MAX_ITEMS));
    }
    List<DlmsValue> data = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      data.add(DlmsCodec.read(reader));
    }
    if (BerLength.read(reader) != count) {
      throw reader.fault(Fault.UNEXPECTED_VALUE, "as many results as data are needed");
    }
    List<Item> items = new ArrayList<>(count);
    for (DlmsValue value : data) {
      items.add(new Item(kind(reader), reader.u8(), value));
    }
    reader.expectEnd();
    return new AccessResponse(invokeId, items);
  }

  /** Writes the payload. */
  public Octets encode() {
    OctetWriter writer = new OctetWriter(512).u8(TAG).u32(longInvokeId).u8(0).u8(0);
    BerLength.write(writer, items.size());
    items.forEach(item -> DlmsCodec.write(item.data(), writer));
    BerLength.write(writer, items.size());
    items.forEach(item -> writer.u8(item.kind().choice()).u8(item.resultCode()));
    return writer.toOctets();
  }

  private static Kind kind(OctetReader reader) throws DecodeException {
    int choice = reader.u8();
    return switch (choice) {
      case 1 -> Kind.GET;
      case 2 -> Kind.SET;
      case 3 -> Kind.ACTION;
      default ->
          throw reader.fault(
              Fault.UNKNOWN_TAG, String.format(Locale.ROOT, "%02X is no kind of result", choice));
    };
  }
}
