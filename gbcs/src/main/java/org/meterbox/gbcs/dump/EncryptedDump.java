// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.catalogue.CosemCatalogue.MemberKind;
import org.meterbox.gbcs.catalogue.Layout;
import org.meterbox.gbcs.catalogue.UseCase.ObjectUse;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.ZclFrame;

/** Encrypted parts in words, as far as they could be decrypted. */
final class EncryptedDump {
  private EncryptedDump() {}

  /**
   * Protected attributes.
   *
   * @param named the attributes that the use case reads, to name the values if as many came
   */
  static void values(Page page, Content content, List<ObjectUse> named) {
    switch (content) {
      case Content.NoKey ignored -> page.line("encrypted", "no key to read it");
      case Content.NotIntact(String reason) -> page.line("encrypted", "NOT INTACT: " + reason);
      case Content.Attributes(List<DlmsValue> values) -> {
        page.line("encrypted", "decrypted");
        for (int i = 0; i < values.size(); i++) {
          DlmsValue value = values.get(i);
          if (named.size() == values.size()) {
            CosemAttribute target = named.get(i).target();
            page.title(DlmsDump.name(target, MemberKind.ATTRIBUTE));
            Layout layout = DlmsDump.layout(target, MemberKind.ATTRIBUTE);
            page.indented(() -> DlmsDump.value(page, "value", value, layout));
          } else {
            DlmsDump.value(page, "value " + (i + 1), value, Layout.UNKNOWN);
          }
        }
      }
      case Content.Frame(ZclFrame frame) -> GbzDump.frame(page, frame);
    }
  }

  /** A component of a ZigBee payload, encrypted or not. */
  static void component(Page page, int index, Component component, Optional<Content> content) {
    page.title(GbzDump.title(index, component));
    page.indented(() -> {
      GbzDump.from(page, component);
      switch (component) {
        case Component.Plain plain -> GbzDump.frame(page, plain.frame());
        case Component.Encrypted encrypted ->
            content.ifPresentOrElse(
                known -> values(page, known, List.of()),
                () -> page.line("encrypted", encrypted.block().length() + " octets"));
      }
    });
  }
}
