// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.DlmsDetail;
import org.meterbox.gbcs.alert.UndeliveredMessage;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.catalogue.Layout;
import org.meterbox.gbcs.catalogue.UseCase.ObjectUse;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;

/** Alerts in words. */
final class AlertDump {
  private final Page page;
  private final Map<Integer, Content> encrypted;
  private final List<ObjectUse> named;

  AlertDump(Page page, Map<Integer, Content> encrypted, List<ObjectUse> named) {
    this.page = page;
    this.encrypted = encrypted;
    this.named = named;
  }

  void show(AlertPayload alert) {
    alert
        .alertCode()
        .ifPresent(code ->
            page.line(
                "alert",
                String.format(Locale.ROOT, "%04X  %s", code, alert.title().orElse("(not known)"))));
    alert.time().ifPresent(time -> page.line("time", time.toString()));
    switch (alert) {
      case AlertPayload.Dlms dlms -> detail(dlms.detail());
      case AlertPayload.Undelivered(UndeliveredMessage message) ->
          page.line("message", Page.hex(message.identity()));
      case AlertPayload.Gbz(GbzAlert gbz) -> content(gbz.content());
      case AlertPayload.Asn1(Asn1Payload payload) -> {
        if (payload.content() instanceof Record content) {
          RecordDump.components(page, content);
        }
      }
      case AlertPayload.OtherNotification(DataNotification notification) ->
          DlmsDump.value(page, "notification", notification.body(), Layout.UNKNOWN);
    }
  }

  private void detail(DlmsDetail detail) {
    switch (detail) {
      case DlmsDetail.None ignored -> {}
      case DlmsDetail.BillingData(ProtectedAttributes.Response block) ->
          Optional.ofNullable(encrypted.get(0))
              .ifPresentOrElse(
                  content -> EncryptedDump.values(page, content, named),
                  () -> page.line("encrypted", block.block().length() + " octets"));
      case DlmsDetail.Integrity(int issue) ->
          page.line(
              "issue",
              String.format(
                  Locale.ROOT,
                  "%04X  %s",
                  issue,
                  DlmsDetail.integrityIssue(issue).orElse("(not known)")));
      case DlmsDetail.Unrecognised(List<DlmsValue> items) ->
          items.forEach(item -> DlmsDump.value(page, "item", item, Layout.UNKNOWN));
      case DlmsDetail other -> {
        if (other instanceof Record words) {
          RecordDump.components(page, words);
        }
      }
    }
  }

  private void content(GbzAlert.Content content) {
    switch (content) {
      case GbzAlert.None ignored -> {}
      case GbzAlert.BillingData(Component snapshot) ->
          EncryptedDump.component(page, 0, snapshot, Optional.ofNullable(encrypted.get(0)));
      case GbzAlert.Content other -> {
        if (other instanceof Record words) {
          RecordDump.components(page, words);
        }
      }
    }
  }
}
