// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meterbox.gbcs.catalogue.CosemCatalogue.MemberKind;
import org.meterbox.gbcs.catalogue.Layout;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCase.Access;
import org.meterbox.gbcs.catalogue.UseCase.ObjectUse;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.decode.Verification;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.decode.Verification.EncryptedPart;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.dlms.SelectiveAccess;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.kernel.MessageId;

/** A message as a person reads it. */
public final class MessageDump {
  private final Page page = new Page();
  private final DecodedMessage message;
  private final Optional<Verification> verification;
  private final Map<Integer, Content> encrypted;

  private MessageDump(DecodedMessage message, Optional<Verification> verification) {
    this.message = message;
    this.verification = verification;
    this.encrypted =
        verification.map(Verification::encryptedParts).orElse(List.of()).stream()
            .collect(Collectors.toMap(EncryptedPart::index, EncryptedPart::content));
  }

  /** Many lines, the last with its line feed; the values of encrypted parts only if decrypted. */
  public static String of(DecodedMessage message, Optional<Verification> verification) {
    MessageDump dump = new MessageDump(message, verification);
    dump.header();
    dump.page.title("payload");
    dump.page.indented(dump::payload);
    return dump.page.toString();
  }

  /** The values of the payload; those of encrypted parts only if decrypted. */
  public static List<DumpedValue> payload(
      DecodedMessage message, Optional<Verification> verification) {
    MessageDump dump = new MessageDump(message, verification);
    dump.payload();
    return dump.page.values();
  }

  private void header() {
    GroupingHeader header = message.header();
    MessageId id = header.messageId();
    page.line("message", message.kind().text());
    page.line("message code", header.messageCode().toString());
    page.line(
        "use case",
        message
            .useCase()
            .map(useCase -> useCase.name() + "  " + useCase.title())
            .orElse("not in the catalogue"));
    page.line("originator", id.originator().dashed());
    page.line("target", id.target().dashed());
    page.line("counter", id.counter().toString());
    header
        .dateTime()
        .map(DlmsDateTime::new)
        .ifPresent(time ->
            page.line(
                "time",
                String.format(Locale.ROOT, "%s  (clock status %02X)", time, time.clockStatus())));
    otherInformation(header.otherInformation());
    verification.ifPresent(verdicts -> {
      page.line("mac", verdicts.mac().text());
      page.line("signature", verdicts.signature().text());
    });
  }

  private void otherInformation(OtherInformation information) {
    switch (information) {
      case OtherInformation.CodeOnly ignored -> {}
      case OtherInformation.SupplementaryParty s -> page.line("on behalf of", s.party().dashed());
      case OtherInformation.OnBehalfOf o ->
          page.line("on behalf of", o.party().dashed() + ", its counter " + o.partyCounter());
      case OtherInformation.EncryptedFor e -> {
        page.line("on behalf of", e.party().dashed() + ", its counter " + e.partyCounter());
        page.line("encryption counter", e.supplementaryOriginatorCounter().toString());
      }
      case OtherInformation.WithAgreementCertificate c -> {
        page.line("on behalf of", c.party().dashed() + ", its counter " + c.partyCounter());
        page.line("its certificate", c.certificate().length() + " octets");
      }
    }
  }

  private void payload() {
    switch (message.payload()) {
      case Payload.DlmsRequest dlms -> dlms.request().items().forEach(this::request);
      case Payload.DlmsResponse dlms -> responses(dlms.response());
      case Payload.Gbz gbz -> components(gbz.message().components());
      case Payload.Asn1 asn1 -> asn1(asn1);
      case Payload.Alert alert ->
          new AlertDump(page, encrypted, protectedObjects()).show(alert.alert());
      case Payload.Opaque opaque -> page.line("octets", Page.hex(opaque.octets()));
    }
  }

  private void asn1(Payload.Asn1 asn1) {
    if (asn1.payload().content() instanceof Record content) {
      page.title(RecordDump.title(content));
      page.indented(() -> RecordDump.components(page, content));
    }
  }

  private void request(AccessRequest.Item item) {
    switch (item) {
      case AccessRequest.Item.Get get ->
          page.title("get  " + DlmsDump.name(get.target(), MemberKind.ATTRIBUTE));
      case AccessRequest.Item.Set set -> {
        page.title("set  " + DlmsDump.name(set.target(), MemberKind.ATTRIBUTE));
        data(set.data(), DlmsDump.layout(set.target(), MemberKind.ATTRIBUTE));
      }
      case AccessRequest.Item.Action action -> {
        page.title("action  " + DlmsDump.name(action.target(), MemberKind.METHOD));
        Optional<ProtectedAttributes.Request> read = ProtectedAttributes.Request.of(action.data());
        if (ProtectedAttributes.isMethod(action.target()) && read.isPresent()) {
          page.indented(() -> protectedRead(read.get()));
        } else {
          data(action.data(), DlmsDump.layout(action.target(), MemberKind.METHOD));
        }
      }
      case AccessRequest.Item.SelectiveGet get -> {
        page.title("get  " + DlmsDump.name(get.target(), MemberKind.ATTRIBUTE));
        Optional<SelectiveAccess> range = SelectiveAccess.of(get.parameter());
        page.indented(() ->
            range.ifPresentOrElse(
                r -> page.line("entries", r.from() + " to " + r.to()),
                () -> DlmsDump.value(page, "selection", get.parameter(), Layout.UNKNOWN)));
      }
    }
  }

  private void protectedRead(ProtectedAttributes.Request read) {
    for (ProtectedAttributes.Selection selection : read.selections()) {
      page.title("read  " + DlmsDump.name(selection.attribute(), MemberKind.ATTRIBUTE));
      if (selection.restriction()
          instanceof ProtectedAttributes.Restriction.Between(DlmsDateTime from, DlmsDateTime to)) {
        page.indented(() -> page.line("entries", from + " to " + to));
      }
    }
    page.line("encrypt for", read.parameters().originator().dashed());
  }

  private void data(DlmsValue data, Layout layout) {
    page.indented(() -> DlmsDump.value(page, "value", data, layout));
  }

  private void responses(AccessResponse response) {
    List<ObjectUse> asked = asked(response.items().size());
    for (int i = 0; i < response.items().size(); i++) {
      AccessResponse.Item item = response.items().get(i);
      Optional<CosemAttribute> target =
          asked.isEmpty() ? Optional.empty() : Optional.of(asked.get(i).target());
      MemberKind kind =
          item.kind() == AccessResponse.Kind.ACTION ? MemberKind.METHOD : MemberKind.ATTRIBUTE;
      page.title(
          String.format(
              Locale.ROOT,
              "%d  %s  %s",
              i + 1,
              target.map(t -> DlmsDump.name(t, kind)).orElse(word(item.kind())),
              result(item.resultCode())));
      answer(i, item, target.map(t -> DlmsDump.layout(t, kind)).orElse(Layout.UNKNOWN));
    }
  }

  private void answer(int index, AccessResponse.Item item, Layout layout) {
    if (encrypted.containsKey(index)) {
      page.indented(() -> protectedValues(encrypted.get(index)));
    } else if (!item.data().equals(DlmsValue.NullData.VALUE)) {
      Optional<ProtectedAttributes.Response> block = ProtectedAttributes.Response.of(item.data());
      block.ifPresentOrElse(
          b -> page.indented(() -> page.line("encrypted", b.block().length() + " octets")),
          () -> data(item.data(), layout));
    }
  }

  private void protectedValues(Content content) {
    EncryptedDump.values(page, content, protectedObjects());
  }

  private List<ObjectUse> protectedObjects() {
    return useCaseObjects().stream().filter(use -> use.access() == Access.PROTECTED).toList();
  }

  /** What the items of a response answer: the use case's objects, if none of them was left out. */
  private List<ObjectUse> asked(int count) {
    List<ObjectUse> objects =
        useCaseObjects().stream().filter(use -> use.access() != Access.PROTECTED).toList();
    return objects.size() == count ? objects : List.of();
  }

  private List<ObjectUse> useCaseObjects() {
    return message.useCase().map(UseCase::objects).orElse(List.of());
  }

  private void components(List<Component> components) {
    for (int i = 0; i < components.size(); i++) {
      EncryptedDump.component(page, i, components.get(i), Optional.ofNullable(encrypted.get(i)));
    }
  }

  private static String word(AccessResponse.Kind kind) {
    return switch (kind) {
      case GET -> "get";
      case SET -> "set";
      case ACTION -> "action";
    };
  }

  private static String result(int code) {
    return AccessResult.ofCode(code)
        .map(result -> result == AccessResult.SUCCESS ? "success" : "FAILED: " + result.title())
        .orElseGet(() -> "FAILED: result " + code);
  }
}
