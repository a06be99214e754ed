// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.operations;

import java.time.Instant;
import java.util.List;
import org.meterbox.kernel.Eui64;
import org.meterbox.portal.alerts.AlertSummary;
import org.meterbox.portal.devices.DeviceSummary;
import org.meterbox.portal.page.CsvText;
import org.meterbox.portal.requests.RequestSummary;
import org.meterbox.portal.users.UserSummary;
import org.meterbox.portal.web.Reply;

/** Lists as files. */
final class OperationsFiles {
  private OperationsFiles() {}

  static Reply requests(List<RequestSummary> requests) {
    return CsvText.reply(
        "requests.csv",
        List.of(
            "received",
            "request_id",
            "user",
            "device",
            "device_type",
            "service",
            "service_name",
            "variant",
            "state",
            "reason"),
        requests.stream()
            .map(each ->
                List.of(
                    each.received().toString(),
                    each.id().toString(),
                    each.userText(),
                    each.device().dashed(),
                    each.deviceType().orElse(""),
                    each.service(),
                    each.serviceName(),
                    Integer.toString(each.variant()),
                    each.state().name(),
                    each.reason().orElse("")))
            .toList());
  }

  static Reply devices(List<DeviceSummary> devices) {
    return CsvText.reply(
        "devices.csv",
        List.of(
            "device",
            "type",
            "status",
            "hub",
            "import_mpxn",
            "secondary_import_mpan",
            "export_mpan",
            "manufacturer",
            "model",
            "firmware",
            "gbcs"),
        devices.stream()
            .map(each ->
                List.of(
                    each.id().dashed(),
                    each.type(),
                    each.status().orElse(""),
                    each.hub().map(Eui64::dashed).orElse(""),
                    each.importMpxn().orElse(""),
                    each.secondaryImportMpan().orElse(""),
                    each.exportMpan().orElse(""),
                    each.manufacturer(),
                    each.model(),
                    each.firmwareVersion().orElse(""),
                    each.gbcsVersion().orElse("")))
            .toList());
  }

  static Reply alerts(List<AlertSummary> alerts) {
    return CsvText.reply(
        "alerts.csv",
        List.of("received", "happened", "device", "code", "title", "disposition", "digest"),
        alerts.stream()
            .map(each ->
                List.of(
                    each.received().toString(),
                    each.happened().map(Instant::toString).orElse(""),
                    each.device().dashed(),
                    each.code().orElse(""),
                    each.title(),
                    each.disposition(),
                    each.digest()))
            .toList());
  }

  static Reply users(List<UserSummary> users) {
    return CsvText.reply(
        "users.csv",
        List.of("user", "name", "status", "roles", "receiver", "duis_version"),
        users.stream()
            .map(each ->
                List.of(
                    each.id().dashed(),
                    each.name(),
                    each.status(),
                    each.rolesText(),
                    each.receiver().orElse(""),
                    each.duisVersion()))
            .toList());
  }
}
