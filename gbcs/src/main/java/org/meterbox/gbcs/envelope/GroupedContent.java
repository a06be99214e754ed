// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import java.util.Optional;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Grouping header, payload and signature field: what a signature and a MAC protect. Keeps the
 * octets from which it was read, and gives those to whoever verifies.
 */
public final class GroupedContent {
  /** How the signature field ends the content. */
  public enum SignatureForm {
    /** Nothing follows the payload: a Pre-Command. */
    ABSENT(0),
    /** One octet of zero: not signed. */
    EMPTY(1),
    /** {@code 40} and 64 octets. */
    SIGNED(1 + EcdsaSignature.OCTETS);

    private final int octets;

    SignatureForm(int octets) {
      this.octets = octets;
    }

    /** Length of the whole field. */
    public int octets() {
      return octets;
    }
  }

  private final GroupingHeader header;
  private final Octets payload;
  private final SignatureForm form;
  private final Optional<EcdsaSignature> signature;
  private final Octets octets;

  private GroupedContent(
      GroupingHeader header,
      Octets payload,
      SignatureForm form,
      Optional<EcdsaSignature> signature,
      Octets octets) {
    this.header = header;
    this.payload = payload;
    this.form = form;
    this.signature = signature;
    this.octets = octets;
  }

  /** Content without any signature field, as a Pre-Command has it. */
  public static GroupedContent unsigned(GroupingHeader header, Octets payload) {
    return new GroupedContent(
        header,
        payload,
        SignatureForm.ABSENT,
        Optional.empty(),
        headerAndPayload(header, payload).toOctets());
  }

  /** Content whose signature field says that there is no signature. */
  public static GroupedContent withEmptySignature(GroupingHeader header, Octets payload) {
    return new GroupedContent(
        header,
        payload,
        SignatureForm.EMPTY,
        Optional.empty(),
        headerAndPayload(header, payload).u8(0).toOctets());
  }

  /** The same header and payload, octet for octet, with a signature. */
  public GroupedContent signedBy(EcdsaSignature by) {
    Octets signed =
        new OctetWriter(octets.length() + 66)
            .put(headerAndPayloadOctets())
            .u8(EcdsaSignature.OCTETS)
            .put(by.octets())
            .toOctets();
    return new GroupedContent(header, payload, SignatureForm.SIGNED, Optional.of(by), signed);
  }

  /** Reads the content and every octet that remains as its signature field. */
  static GroupedContent read(OctetReader reader) throws DecodeException {
    int start = reader.position();
    GroupingHeader header = GroupingHeader.read(reader);
    Octets payload = reader.take(BerLength.read(reader));
    if (reader.remaining() == 0) {
      return new GroupedContent(
          header, payload, SignatureForm.ABSENT, Optional.empty(), reader.readSince(start));
    }
    int length = reader.u8();
    return switch (length) {
      case 0 ->
          new GroupedContent(
              header, payload, SignatureForm.EMPTY, Optional.empty(), reader.readSince(start));
      case EcdsaSignature.OCTETS -> {
        EcdsaSignature signature = new EcdsaSignature(reader.take(EcdsaSignature.OCTETS));
        yield new GroupedContent(
            header, payload, SignatureForm.SIGNED, Optional.of(signature), reader.readSince(start));
      }
      default ->
          throw reader.fault(Fault.BAD_LENGTH, "a signature has 0 or 64 octets, not " + length);
    };
  }

  /** Who, to whom, which counter, which use case. */
  public GroupingHeader header() {
    return header;
  }

  /** The DLMS, GBZ or ASN.1 payload. */
  public Octets payload() {
    return payload;
  }

  /** How the content ends. */
  public SignatureForm signatureForm() {
    return form;
  }

  /** The signature, where there is one. */
  public Optional<EcdsaSignature> signature() {
    return signature;
  }

  /** From the tag DF to the end of the signature field, as received or built: what a MAC covers. */
  public Octets octets() {
    return octets;
  }

  /** Header without its tag, and payload: what a signature covers. */
  public Octets signedOctets() {
    return octets.slice(1, octets.length() - form.octets());
  }

  private Octets headerAndPayloadOctets() {
    return octets.slice(0, octets.length() - form.octets());
  }

  private static OctetWriter headerAndPayload(GroupingHeader header, Octets payload) {
    OctetWriter writer = new OctetWriter(128 + payload.length());
    header.write(writer);
    BerLength.write(writer, payload.length());
    return writer.put(payload);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupedContent content && octets.equals(content.octets);
  }

  @Override
  public int hashCode() {
    return octets.hashCode();
  }

  @Override
  public String toString() {
    return octets.hex();
  }
}
