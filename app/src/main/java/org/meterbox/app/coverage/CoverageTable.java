// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.coverage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.gbcs.catalogue.AlertCatalogue;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/** A table of the specifications whose entries tests can show. */
public enum CoverageTable {
  /** Service reference variants (DUIS): answered by a device, or carried out by the DSP. */
  SERVICES("services", "service reference variants"),
  /** Service reference variants with each type of device that they are for. */
  SERVICES_BY_DEVICE("servicesByDevice", "services, by type of device"),
  /** GBCS use cases by message code: answered, or sent as an alert, by a virtual device. */
  USE_CASES("useCases", "GBCS use cases, by message code"),
  /** Response codes (DUIS) that the DSP has sent. */
  RESPONSE_CODES("responseCodes", "response codes of the DSP"),
  /** DCC Alert codes (DUIS) that the DSP has sent. */
  DCC_ALERTS("dccAlerts", "DCC Alerts"),
  /** GBCS alert codes that a virtual device has raised. */
  DEVICE_ALERTS("deviceAlerts", "alerts of devices");

  private final String key;
  private final String title;

  CoverageTable(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** The table that is called so in records and reports. */
  static Optional<CoverageTable> find(String key) {
    return Arrays.stream(values()).filter(table -> table.key.equals(key)).findFirst();
  }

  /** Its name in records and reports. */
  public String key() {
    return key;
  }

  /** Its name for people. */
  String title() {
    return title;
  }

  /** Every entry, in the order of the specification. */
  public List<String> entries() {
    return switch (this) {
      case SERVICES -> services().map(entry -> entry.variant().value()).toList();
      case SERVICES_BY_DEVICE ->
          services()
              .flatMap(entry ->
                  entry.targets().stream()
                      .sorted()
                      .map(device -> entry.variant().value() + " " + device.name()))
              .toList();
      case USE_CASES ->
          UseCaseCatalogue.standard().all().stream()
              .map(useCase -> hex(useCase.code().value()))
              .toList();
      case RESPONSE_CODES -> ResponseCode.all().stream().map(ResponseCode::code).toList();
      case DCC_ALERTS -> DccAlertCode.all().stream().map(DccAlertCode::code).toList();
      case DEVICE_ALERTS ->
          AlertCatalogue.standard().all().stream().map(alert -> hex(alert.code())).toList();
    };
  }

  private static Stream<ServiceRequestEntry> services() {
    return ServiceRequestCatalogue.current().entries().stream();
  }

  private static String hex(int code) {
    return String.format(Locale.ROOT, "%04X", code);
  }
}
