// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.gbcs.ReferenceMessages.Reference;
import org.meterbox.gbcs.catalogue.CosemCatalogue;
import org.meterbox.gbcs.catalogue.CosemCatalogue.MemberKind;
import org.meterbox.gbcs.catalogue.Layout;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCase.Access;
import org.meterbox.gbcs.catalogue.UseCase.ObjectUse;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.MessageKind;
import org.meterbox.gbcs.decode.MessageVerifier;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;

/** The catalogues describe what really stands in the official reference messages. */
class CatalogueAgainstMessagesTest {
  private final MessageVerifier verifier = new MessageVerifier(ReferenceMessages.keys());
  private final List<String> faults = new ArrayList<>();

  @Test
  void commandsAddressTheObjectsOfTheirUseCaseInItsOrder() throws Exception {
    for (Reference reference : ReferenceMessages.all()) {
      DecodedMessage message = DecodedMessage.decode(reference.octets());
      if (message.payload() instanceof Payload.DlmsRequest(AccessRequest request)) {
        List<ObjectUse> expected =
            message.useCase().orElseThrow().objects().stream()
                .filter(use -> use.access() != Access.PROTECTED)
                .toList();
        int next = 0;
        for (AccessRequest.Item item : request.items()) {
          while (next < expected.size() && !matches(expected.get(next), item)) {
            next++;
          }
          expect(reference, next < expected.size(), item.target().toString());
          next++;
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  /** No field of any value is shown to a person as a mere number of a field. */
  @Test
  void everyStructureInEveryValueHasNamesForItsParts() throws Exception {
    for (Reference reference : ReferenceMessages.all()) {
      DecodedMessage message = DecodedMessage.decode(reference.octets());
      List<ObjectUse> objects = message.useCase().map(UseCase::objects).orElse(List.of());
      switch (message.payload()) {
        case Payload.DlmsRequest(AccessRequest request) ->
            request.items().forEach(item -> checkRequest(reference, item));
        case Payload.DlmsResponse(AccessResponse response) ->
            checkResponse(reference, message, response, objects);
        case Payload ignored -> {}
      }
    }
    assertThat(faults).isEmpty();
  }

  /** Roles, signatures and clocks are as the catalogue says. */
  @Test
  void messagesAreProtectedAsTheirUseCaseDemands() throws Exception {
    for (Reference reference : ReferenceMessages.all()) {
      DecodedMessage message = DecodedMessage.decode(reference.octets());
      UseCase useCase = message.useCase().orElseThrow();
      boolean signed = message.message().content().signature().isPresent();
      if (message.kind() != MessageKind.PRECOMMAND && useCase.kind() != UseCase.Kind.COMMAND) {
        expect(reference, signed == (useCase.weight() == UseCase.Weight.CRITICAL), "weight");
      }
      if (useCase.weight() == UseCase.Weight.NON_CRITICAL) {
        expect(reference, !signed, "signed though not critical");
      }
      if (message.kind() == MessageKind.RESPONSE && useCase.kind() == UseCase.Kind.COMMAND) {
        expect(
            reference,
            message.header().dateTime().isPresent() == useCase.responseTime().holds(),
            "date-time");
      }
      if (!verifier.verify(message).encryptedParts().isEmpty()) {
        expect(reference, useCase.encryption().holds(), "encrypted content");
      }
    }
    assertThat(faults).isEmpty();
  }

  private static boolean matches(ObjectUse expected, AccessRequest.Item item) {
    Access access =
        switch (item) {
          case AccessRequest.Item.Get ignored -> Access.GET;
          case AccessRequest.Item.Set ignored -> Access.SET;
          case AccessRequest.Item.Action ignored -> Access.ACTION;
          case AccessRequest.Item.SelectiveGet ignored -> Access.RANGE;
        };
    return expected.target().equals(item.target()) && expected.access() == access;
  }

  private void checkRequest(Reference reference, AccessRequest.Item item) {
    if (item instanceof AccessRequest.Item.Action action
        && ProtectedAttributes.isMethod(action.target())) {
      expect(
          reference,
          ProtectedAttributes.Request.of(action.data()).isPresent(),
          "a protected read that is not understood");
    } else {
      MemberKind kind =
          item instanceof AccessRequest.Item.Action ? MemberKind.METHOD : MemberKind.ATTRIBUTE;
      checkNames(reference, item.target().toString(), item.data(), layout(item.target(), kind));
    }
  }

  private void checkResponse(
      Reference reference,
      DecodedMessage message,
      AccessResponse response,
      List<ObjectUse> objects) {
    List<ObjectUse> asked =
        objects.stream().filter(use -> use.access() != Access.PROTECTED).toList();
    if (asked.size() == response.items().size()) {
      for (int i = 0; i < asked.size(); i++) {
        CosemAttribute target = asked.get(i).target();
        DlmsValue data = response.items().get(i).data();
        boolean method = asked.get(i).access() == Access.ACTION;
        if (!ProtectedAttributes.isMethod(target)) {
          MemberKind kind = method ? MemberKind.METHOD : MemberKind.ATTRIBUTE;
          checkNames(reference, target.toString(), data, layout(target, kind));
        }
      }
    }
    List<ObjectUse> hidden =
        objects.stream().filter(use -> use.access() == Access.PROTECTED).toList();
    verifier
        .verify(message)
        .encryptedParts()
        .forEach(part -> {
          if (part.content() instanceof Content.Attributes(List<DlmsValue> values)) {
            expect(reference, values.size() == hidden.size(), "number of protected values");
            for (int i = 0; i < Math.min(values.size(), hidden.size()); i++) {
              CosemAttribute target = hidden.get(i).target();
              checkNames(
                  reference,
                  target.toString(),
                  values.get(i),
                  layout(target, MemberKind.ATTRIBUTE));
            }
          }
        });
  }

  private void checkNames(Reference reference, String place, DlmsValue value, Layout layout) {
    switch (value) {
      case DlmsValue.ArrayOf array ->
          array.elements().forEach(e -> checkNames(reference, place, e, layout.element()));
      case DlmsValue.CompactArray array ->
          array.elements().forEach(e -> checkNames(reference, place, e, layout.element()));
      case DlmsValue.Structure structure -> {
        List<Layout> parts = layout.parts(structure.elements().size());
        for (int i = 0; i < parts.size(); i++) {
          expect(reference, !parts.get(i).equals(Layout.UNKNOWN), "no name in " + place);
          checkNames(reference, place, structure.elements().get(i), parts.get(i));
        }
      }
      case DlmsValue ignored -> {}
    }
  }

  private static Layout layout(CosemAttribute target, MemberKind kind) {
    return CosemCatalogue.standard()
        .find(target, kind)
        .map(CosemCatalogue.Name::layout)
        .orElse(Layout.UNKNOWN);
  }

  private void expect(Reference reference, boolean holds, String what) {
    if (!holds && faults.size() < 100) {
      faults.add(reference.file() + ": " + what);
    }
  }
}
