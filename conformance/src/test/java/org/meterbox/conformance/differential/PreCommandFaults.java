// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * What a faulty or hostile translator could put in the place of a Pre-Command. All but the changes
 * of single octets are whole messages whose lengths and counts agree, so that only their meaning
 * gives them away.
 */
final class PreCommandFaults {
  /**
   * One of them.
   *
   * @param name what was done, for a report
   * @param octets made only where the fault is tried: a tariff has thousands
   */
  record Fault(String name, Supplier<Octets> octets) {}

  private final PreCommand original;
  private final GroupingHeader header;
  private final Octets payload;
  private final List<Fault> faults = new ArrayList<>();

  private PreCommandFaults(PreCommand original) {
    this.original = original;
    this.header = original.header();
    this.payload = original.content().payload();
  }

  /**
   * Every structural fault of a Pre-Command.
   *
   * @throws DecodeException where our own octets are no payload
   */
  static List<Fault> structural(PreCommand original) throws DecodeException {
    PreCommandFaults faults = new PreCommandFaults(original);
    faults.ofHeader();
    switch (original.content().payload().at(0)) {
      case AccessRequest.TAG -> faults.ofDlms();
      case 0x01 -> faults.ofGbz();
      default -> faults.ofAsn1();
    }
    return List.copyOf(faults.faults);
  }

  /** One octet anywhere in a Pre-Command made another. */
  static Fault ofOctet(PreCommand original, RandomGenerator random) {
    byte[] octets = original.encode().toArray();
    int at = random.nextInt(octets.length);
    octets[at] ^= (byte) random.nextInt(1, 256);
    return new Fault("octet " + at + " changed", () -> Octets.of(octets));
  }

  private void ofHeader() {
    MessageId id = header.messageId();
    long counter = id.counter().value();
    header("other originator", new MessageId(other(id.originator()), id.target(), id.counter()));
    header("other target", new MessageId(id.originator(), other(id.target()), id.counter()));
    header("parties swapped", new MessageId(id.target(), id.originator(), id.counter()));
    for (long changed : new long[] {counter + 1, counter - 1, counter ^ (1L << 40), 0}) {
      header(
          "counter " + Long.toUnsignedString(changed),
          new MessageId(id.originator(), id.target(), new OriginatorCounter(changed)));
    }
    MessageCode code = header.messageCode();
    for (int other : new int[] {code.value() + 1, code.value() - 1, code.value() ^ 0x0100}) {
      add(
          String.format(Locale.ROOT, "use case %04X", other),
          withInformation(new OtherInformation.CodeOnly(new MessageCode(other & 0xFFFF))),
          payload);
    }
    add(
        "supplementary party",
        withInformation(new OtherInformation.OnBehalfOf(code, id.originator(), id.counter())),
        payload);
    add(
        "flag of a response",
        new GroupingHeader(CraFlag.RESPONSE, id, Optional.empty(), header.otherInformation()),
        payload);
    add(
        "flag of an alert",
        new GroupingHeader(CraFlag.ALERT, id, Optional.empty(), header.otherInformation()),
        payload);
    add(
        "date-time in the header",
        new GroupingHeader(
            CraFlag.COMMAND,
            id,
            Optional.of(Octets.ofHex("07DF0101FF000000008000FF")),
            header.otherInformation()),
        payload);
    byte[] longer = Arrays.copyOf(payload.toArray(), payload.length() + 1);
    add("octet behind the payload", header, Octets.of(longer));
    add("payload without its last octet", header, payload.slice(0, payload.length() - 1));
    byte[] signed = Arrays.copyOf(original.encode().toArray(), original.encode().length() + 1);
    signed[signed.length - 1] = 1;
    faults.add(new Fault("octet behind the message", () -> Octets.of(signed)));
  }

  private void header(String name, MessageId id) {
    add(
        name,
        new GroupingHeader(header.craFlag(), id, header.dateTime(), header.otherInformation()),
        payload);
  }

  private GroupingHeader withInformation(OtherInformation information) {
    return new GroupingHeader(header.craFlag(), header.messageId(), header.dateTime(), information);
  }

  private static Eui64 other(Eui64 id) {
    return new Eui64(id.value() ^ 1);
  }

  private void ofDlms() throws DecodeException {
    AccessRequest request = AccessRequest.decode(payload);
    List<Item> items = request.items();
    add(
        "other invoke identifier",
        header,
        new AccessRequest(request.longInvokeId() ^ 1, items).encode());
    ofList(items, "item", changed -> new AccessRequest(request.longInvokeId(), changed).encode());
    for (int i = 0; i < items.size(); i++) {
      int place = i;
      Item item = items.get(i);
      for (Item changed : changes(item)) {
        List<Item> all = new ArrayList<>(items);
        all.set(place, changed);
        add(
            String.format(Locale.ROOT, "item %d changed", i),
            () -> new AccessRequest(request.longInvokeId(), all).encode());
      }
    }
    List<Item> more = new ArrayList<>(items);
    more.add(
        new Item.Action(CosemAttribute.of(9, "0-0:10.0.106.255", 1), new DlmsValue.UInt16(52)));
    add("supply disabled too", header, new AccessRequest(request.longInvokeId(), more).encode());
    more.set(more.size() - 1, new Item.Get(CosemAttribute.of(8, "0-0:1.0.0.255", 2)));
    add("clock read too", header, new AccessRequest(request.longInvokeId(), more).encode());
  }

  private static List<Item> changes(Item item) {
    List<Item> changes = new ArrayList<>();
    switch (item) {
      case Item.Get(CosemAttribute target) ->
          targets(target).forEach(other -> changes.add(new Item.Get(other)));
      case Item.Set(CosemAttribute target, DlmsValue data) -> {
        targets(target).forEach(other -> changes.add(new Item.Set(other, data)));
        values(data).forEach(other -> changes.add(new Item.Set(target, other)));
        changes.add(new Item.Action(target, data));
      }
      case Item.Action(CosemAttribute target, DlmsValue data) -> {
        targets(target).forEach(other -> changes.add(new Item.Action(other, data)));
        values(data).forEach(other -> changes.add(new Item.Action(target, other)));
        changes.add(new Item.Set(target, data));
      }
      case Item.SelectiveGet(CosemAttribute target, int selector, DlmsValue parameter) -> {
        targets(target)
            .forEach(other -> changes.add(new Item.SelectiveGet(other, selector, parameter)));
        values(parameter)
            .forEach(other -> changes.add(new Item.SelectiveGet(target, selector, other)));
      }
    }
    return changes;
  }

  private static List<CosemAttribute> targets(CosemAttribute target) {
    return List.of(
        new CosemAttribute(target.classId() ^ 1, target.object(), target.member()),
        new CosemAttribute(target.classId(), target.object(), target.member() + 1));
  }

  /** Every value that differs from this one in one place: a number, an octet, an element. */
  private static List<DlmsValue> values(DlmsValue value) {
    return switch (value) {
      case DlmsValue.NullData _ -> List.of(new DlmsValue.UInt8(0));
      case DlmsValue.ArrayOf(List<DlmsValue> elements) ->
          elements(elements, DlmsValue.ArrayOf::new);
      case DlmsValue.Structure(List<DlmsValue> elements) ->
          elements(elements, DlmsValue.Structure::new);
      case DlmsValue.Bool bool -> List.of(DlmsValue.Bool.of(!bool.value()));
      case DlmsValue.BitString(int bits, Octets octets) ->
          changed(octets).stream()
              .filter(other -> other.length() == octets.length())
              .<DlmsValue>map(other -> new DlmsValue.BitString(bits, other))
              .toList();
      case DlmsValue.Int8(int v) ->
          List.of(new DlmsValue.Int8((byte) (v + 1)), new DlmsValue.UInt8(v & 0xFF));
      case DlmsValue.Int16(int v) ->
          List.of(new DlmsValue.Int16((short) (v + 1)), new DlmsValue.UInt16(v & 0xFFFF));
      case DlmsValue.Int32(int v) -> List.of(new DlmsValue.Int32(v + 1), new DlmsValue.Int32(~v));
      case DlmsValue.UInt8(int v) ->
          List.of(new DlmsValue.UInt8(v ^ 1), new DlmsValue.Enumerated(v));
      case DlmsValue.UInt16(int v) ->
          List.of(new DlmsValue.UInt16(v ^ 1), new DlmsValue.UInt16(v ^ 0x100));
      case DlmsValue.UInt32(long v) ->
          List.of(new DlmsValue.UInt32(v ^ 1), new DlmsValue.UInt32(v ^ 0x1000_0000));
      case DlmsValue.Int64(long v) -> List.of(new DlmsValue.Int64(v ^ 1));
      case DlmsValue.UInt64(long v) -> List.of(new DlmsValue.UInt64(v ^ 1));
      case DlmsValue.Enumerated(int v) -> List.of(new DlmsValue.Enumerated(v ^ 1));
      case DlmsValue.OctetString(Octets octets) -> {
        List<DlmsValue> others = new ArrayList<>();
        changed(octets).forEach(other -> others.add(new DlmsValue.OctetString(other)));
        if (octets.length() == DlmsDateTime.OCTETS) {
          others.add(DlmsDateTime.NOW.toValue());
          others.add(DlmsDateTime.NEVER.toValue());
        }
        yield others;
      }
      case DlmsValue.VisibleString(Octets octets) ->
          changed(octets).stream().<DlmsValue>map(DlmsValue.VisibleString::new).toList();
      case DlmsValue.Utf8String(Octets octets) ->
          changed(octets).stream().<DlmsValue>map(DlmsValue.Utf8String::new).toList();
      case DlmsValue.CompactArray _ -> List.of();
    };
  }

  private static List<DlmsValue> elements(
      List<DlmsValue> elements, Function<List<DlmsValue>, DlmsValue> whole) {
    List<DlmsValue> changes = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      for (DlmsValue other : values(elements.get(i))) {
        List<DlmsValue> all = new ArrayList<>(elements);
        all.set(i, other);
        changes.add(whole.apply(all));
      }
    }
    lists(elements).forEach((name, changed) -> changes.add(whole.apply(changed)));
    return changes;
  }

  /** Each octet another, one more, one less. */
  private static List<Octets> changed(Octets octets) {
    List<Octets> changes = new ArrayList<>();
    for (int i = 0; i < octets.length(); i++) {
      byte[] other = octets.toArray();
      other[i]++;
      changes.add(Octets.of(other));
    }
    changes.add(Octets.of(Arrays.copyOf(octets.toArray(), octets.length() + 1)));
    if (!octets.isEmpty()) {
      changes.add(octets.slice(0, octets.length() - 1));
    }
    return changes;
  }

  private void ofGbz() throws DecodeException {
    List<Component> components = GbzMessage.decode(payload).components();
    ofList(components, "component", changed -> new GbzMessage(changed).encode());
    byte[] octets = payload.toArray();
    for (int i = 0; i < octets.length; i++) {
      int place = i;
      add(
          String.format(Locale.ROOT, "octet %d of the payload one more", i),
          () -> {
            byte[] other = octets.clone();
            other[place]++;
            return Octets.of(other);
          });
    }
  }

  private void ofAsn1() {
    DerTree tree = DerTree.read(payload.toArray());
    for (DerTree other : changes(tree)) {
      add("DER changed", () -> Octets.of(other.encode()));
    }
  }

  private static List<DerTree> changes(DerTree tree) {
    List<DerTree> changes = new ArrayList<>();
    for (Octets other : changed(tree.content())) {
      if (tree.children().isEmpty()) {
        changes.add(DerTree.of(tree.tag(), other.toArray()));
      }
    }
    List<DerTree> children = tree.children();
    for (int i = 0; i < children.size(); i++) {
      for (DerTree other : changes(children.get(i))) {
        List<DerTree> all = new ArrayList<>(children);
        all.set(i, other);
        changes.add(tree.withChildren(all));
      }
    }
    lists(children).forEach((name, changed) -> changes.add(tree.withChildren(changed)));
    changes.add(new DerTree(tree.tag() ^ 1, children, tree.content()));
    return changes;
  }

  private <T> void ofList(List<T> parts, String part, Function<List<T>, Octets> encoding) {
    lists(parts)
        .forEach((name, changed) -> {
          if (!changed.isEmpty()) {
            add(part + " " + name, () -> encoding.apply(changed));
          }
        });
  }

  /** One part left out, one twice, two neighbours swapped, first and last swapped. */
  private static <T> Map<String, List<T>> lists(List<T> parts) {
    Map<String, List<T>> changes = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      List<T> without = new ArrayList<>(parts);
      without.remove(i);
      changes.put(i + " left out", without);
      List<T> twice = new ArrayList<>(parts);
      twice.add(i, parts.get(i));
      changes.put(i + " twice", twice);
      int next = (i + 1) % parts.size();
      List<T> swapped = new ArrayList<>(parts);
      swapped.set(i, parts.get(next));
      swapped.set(next, parts.get(i));
      changes.put(String.format(Locale.ROOT, "%d and %d swapped", i, next), swapped);
    }
    return changes;
  }

  private void add(String name, Supplier<Octets> otherPayload) {
    faults.add(new Fault(name, () -> GroupedContent.unsigned(header, otherPayload.get()).octets()));
  }

  private void add(String name, GroupingHeader otherHeader, Octets otherPayload) {
    faults.add(new Fault(name, () -> GroupedContent.unsigned(otherHeader, otherPayload).octets()));
  }
}
