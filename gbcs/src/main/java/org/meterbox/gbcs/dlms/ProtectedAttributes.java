// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.Enumerated;
import org.meterbox.gbcs.dlms.DlmsValue.Int8;
import org.meterbox.gbcs.dlms.DlmsValue.NullData;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * Reads of sensitive attributes: method 1 of a data protection object (class 30, 0-0:43.2.n.255)
 * takes the attributes to read and returns their values as one encrypted block (GBCS section 7.3,
 * DLMS get_protected_attributes).
 *
 * <pre>
 * request   { [ selection ... ], [ {2, protection parameters} ] }
 * response  { [ {2, protection parameters} ], block }
 * selection { class, object, attribute, data index, restriction }
 * protection parameters
 *           { 04 counter, originator, recipient, "", {2 agreed key, {"02", ""}} }
 * </pre>
 */
public final class ProtectedAttributes {
  /** Interface class of data protection objects. */
  public static final int CLASS_ID = 30;

  /** The method that reads protected attributes. */
  public static final int METHOD = 1;

  private static final int TRANSACTION_ID_OCTETS = 9;
  private static final int ENCRYPTION_FLAG = 4;
  private static final Enumerated AUTHENTICATED_AND_ENCRYPTED = new Enumerated(2);
  private static final OctetString NO_OCTETS = new OctetString(Octets.EMPTY);
  private static final DlmsValue AGREED_KEY =
      DlmsValue.structure(
          new Enumerated(2), DlmsValue.structure(OctetString.ofHex("02"), NO_OCTETS));

  private ProtectedAttributes() {}

  /** The data protection object with number {@code instance}, and its reading method. */
  public static CosemAttribute method(int instance) {
    return CosemAttribute.of(
        CLASS_ID, String.format(Locale.ROOT, "0-0:43.2.%d.255", instance), METHOD);
  }

  /** Whether the member is the reading method of a data protection object. */
  public static boolean isMethod(CosemAttribute member) {
    return member.classId() == CLASS_ID
        && member.member() == METHOD
        && member.equals(method((int) (member.object().value() >>> 8) & 0xFF));
  }

  /** Which entries of an attribute are read. */
  public sealed interface Restriction {
    /** All of it. */
    record None() implements Restriction {
      /** The one value. */
      public static final None VALUE = new None();
    }

    /** The log entries of a span of time. */
    record Between(DlmsDateTime from, DlmsDateTime to) implements Restriction {}
  }

  /**
   * An attribute to read.
   *
   * @param dataIndex which column; 0 is the whole value
   */
  public record Selection(CosemAttribute attribute, int dataIndex, Restriction restriction) {
    /** The whole attribute. */
    public static Selection whole(CosemAttribute attribute) {
      return new Selection(attribute, 0, Restriction.None.VALUE);
    }

    /** The log entries of a span of time. */
    public static Selection between(CosemAttribute log, DlmsDateTime from, DlmsDateTime to) {
      return new Selection(log, 0, new Restriction.Between(from, to));
    }

    private DlmsValue toValue() {
      DlmsValue limits =
          switch (restriction) {
            case Restriction.None ignored -> DlmsValue.structure(new Enumerated(0), NullData.VALUE);
            case Restriction.Between(DlmsDateTime from, DlmsDateTime to) ->
                DlmsValue.structure(
                    new Enumerated(1), DlmsValue.structure(from.toValue(), to.toValue()));
          };
      return DlmsValue.structure(
          new UInt16(attribute.classId()),
          new OctetString(attribute.object().octets()),
          new Int8(attribute.member()),
          new UInt16(dataIndex),
          limits);
    }
  }

  /**
   * The protection parameters: under which identity the block's key is derived. In the response to
   * an Unknown Remote Party they name the Access Control Broker, so the key is always derived from
   * the message's header, never from here.
   */
  public record Parameters(OriginatorCounter counter, Eui64 originator, Eui64 recipient) {
    /** As a command asks for: protect for its originator, or for the party behind the broker. */
    public static Parameters requestedBy(GroupingHeader command) {
      MessageId id = command.messageId();
      Eui64 reader =
          switch (command.otherInformation()) {
            case OtherInformation.CodeOnly ignored -> id.originator();
            case OtherInformation.SupplementaryParty s -> s.party();
            case OtherInformation.OnBehalfOf o -> o.party();
            case OtherInformation.EncryptedFor e -> e.party();
            case OtherInformation.WithAgreementCertificate c -> c.party();
          };
      return new Parameters(id.counter(), reader, id.target());
    }

    /** As a device writes it into a response or alert: the identity in the header. */
    public static Parameters answeredIn(GroupingHeader responseOrAlert) {
      MessageId id = responseOrAlert.messageId();
      return new Parameters(id.counter(), id.originator(), id.target());
    }

    /** The array with the one set of parameters. */
    public DlmsValue toValue() {
      Octets transactionId =
          new OctetWriter(TRANSACTION_ID_OCTETS)
              .u8(ENCRYPTION_FLAG)
              .u64(counter.value())
              .toOctets();
      return DlmsValue.array(
          DlmsValue.structure(
              AUTHENTICATED_AND_ENCRYPTED,
              DlmsValue.structure(
                  new OctetString(transactionId),
                  new OctetString(originator.octets()),
                  new OctetString(recipient.octets()),
                  NO_OCTETS,
                  AGREED_KEY)));
    }

    /** The parameters in a value; empty where it is not the form that GBCS uses. */
    public static Optional<Parameters> of(DlmsValue value) {
      if (value instanceof ArrayOf(List<DlmsValue> sets)
          && sets.size() == 1
          && sets.getFirst() instanceof Structure(List<DlmsValue> set)
          && set.size() == 2
          && set.get(1) instanceof Structure(List<DlmsValue> options)
          && options.size() == 5
          && options.get(0) instanceof OctetString(Octets transaction)
          && transaction.length() == TRANSACTION_ID_OCTETS
          && options.get(1) instanceof OctetString(Octets originator)
          && originator.length() == Eui64.OCTETS
          && options.get(2) instanceof OctetString(Octets recipient)
          && recipient.length() == Eui64.OCTETS) {
        Parameters parameters =
            new Parameters(
                new OriginatorCounter(number(transaction.slice(1, TRANSACTION_ID_OCTETS))),
                new Eui64(number(originator)),
                new Eui64(number(recipient)));
        // What the pattern did not look at must be as GBCS prescribes.
        return Optional.of(parameters).filter(p -> p.toValue().equals(value));
      }
      return Optional.empty();
    }
  }

  /** What a command asks a data protection object to read. */
  public record Request(List<Selection> selections, Parameters parameters) {
    /** Copies the list. */
    public Request {
      selections = List.copyOf(selections);
    }

    /** The input of the method. */
    public DlmsValue toValue() {
      return DlmsValue.structure(
          new ArrayOf(selections.stream().map(Selection::toValue).toList()), parameters.toValue());
    }

    /** The request in a method's input; empty where it is not the form that GBCS uses. */
    public static Optional<Request> of(DlmsValue input) {
      if (!(input instanceof Structure(List<DlmsValue> parts)
          && parts.size() == 2
          && parts.getFirst() instanceof ArrayOf(List<DlmsValue> elements))) {
        return Optional.empty();
      }
      List<Selection> selections = new ArrayList<>();
      for (DlmsValue element : elements) {
        selection(element).ifPresent(selections::add);
      }
      // What the patterns did not look at must be as GBCS prescribes.
      return Parameters.of(parts.get(1))
          .map(parameters -> new Request(selections, parameters))
          .filter(request -> request.toValue().equals(input));
    }
  }

  /**
   * What a data protection object returns.
   *
   * @param block {@code 31 00000000 ciphertext tag}
   */
  public record Response(Parameters parameters, Octets block) {
    /** The output of the method. */
    public DlmsValue toValue() {
      return DlmsValue.structure(parameters.toValue(), new OctetString(block));
    }

    /** The response in a method's output; empty where it is not the form that GBCS uses. */
    public static Optional<Response> of(DlmsValue output) {
      return output instanceof Structure(List<DlmsValue> parts) && parts.size() == 2
          ? of(parts.get(0), parts.get(1))
          : Optional.empty();
    }

    /** The response in two items of an alert; empty where it is not the form that GBCS uses. */
    public static Optional<Response> of(DlmsValue parameters, DlmsValue block) {
      return block instanceof OctetString(Octets octets)
          ? Parameters.of(parameters).map(p -> new Response(p, octets))
          : Optional.empty();
    }
  }

  private static Optional<Selection> selection(DlmsValue value) {
    if (value instanceof Structure(List<DlmsValue> parts)
        && parts.size() == 5
        && parts.get(0) instanceof UInt16(int classId)
        && parts.get(1) instanceof OctetString(Octets object)
        && object.length() == Obis.OCTETS
        && parts.get(2) instanceof Int8(int member)
        && parts.get(3) instanceof UInt16(int dataIndex)) {
      CosemAttribute attribute = new CosemAttribute(classId, new Obis(number(object)), member);
      return restriction(parts.get(4)).map(r -> new Selection(attribute, dataIndex, r));
    }
    return Optional.empty();
  }

  private static Optional<Restriction> restriction(DlmsValue value) {
    if (!(value instanceof Structure(List<DlmsValue> parts) && parts.size() == 2)) {
      return Optional.empty();
    }
    if (parts.get(1) instanceof Structure(List<DlmsValue> span) && span.size() == 2) {
      return DlmsDateTime.of(span.get(0))
          .flatMap(
              from -> DlmsDateTime.of(span.get(1)).map(to -> new Restriction.Between(from, to)));
    }
    return Optional.of(Restriction.None.VALUE);
  }

  private static long number(Octets octets) {
    long value = 0;
    for (int i = 0; i < octets.length(); i++) {
      value = (value << 8) | octets.at(i);
    }
    return value;
  }
}
