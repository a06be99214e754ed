// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceTable;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.DccAlertCode;
import org.meterbox.kernel.catalogue.FutureDating;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.kernel.catalogue.ServiceRequestEntry.Nature;

/** The catalogues say what the reference tables say, cell by cell. */
class CatalogueConformanceTest {

  @Test
  void serviceRequestsAreThoseOfTheReferenceTable() {
    List<List<String>> rows = ReferenceTable.rows("service-requests.csv");

    assertThat(rows).hasSameSizeAs(ServiceRequestCatalogue.current().entries());
    for (List<String> row : rows) {
      ServiceRequestEntry entry =
          ServiceRequestCatalogue.current()
              .find(new ServiceReferenceVariant(row.get(0)))
              .orElseThrow();
      assertThat(described(entry)).as(row.get(0)).isEqualTo(described(row));
    }
  }

  @Test
  void responseCodesAreThoseOfTheReferenceTable() {
    List<List<String>> rows = ReferenceTable.rows("response-codes.csv");

    assertThat(ResponseCode.all().stream().map(ResponseCode::code).toList())
        .isEqualTo(rows.stream().map(List::getFirst).toList());
    for (List<String> row : rows) {
      ResponseCode code = ResponseCode.find(row.get(0)).orElseThrow();
      // A general code names no service; a code of one service names the one in the table.
      code.serviceReference()
          .ifPresent(service ->
              assertThat(
                      row.get(2).equals(service)
                          || row.get(2).startsWith(service + ".")
                          || row.get(2).startsWith(service + " "))
                  .as(row.toString())
                  .isTrue());
      assertThat(code.serviceReference().isEmpty())
          .as(row.toString())
          .isEqualTo(row.get(2).startsWith("general"));
    }
  }

  @Test
  void dccAlertsAreThoseOfTheReferenceTableWithoutTheWithdrawnOne() {
    List<List<String>> rows =
        ReferenceTable.rows("dcc-alerts.csv").stream()
            .filter(row -> !row.get(1).startsWith("(withdrawn)"))
            .toList();

    assertThat(DccAlertCode.all().stream().map(DccAlertCode::code).toList())
        .isEqualTo(rows.stream().map(List::getFirst).toList());
    for (List<String> row : rows) {
      DccAlertCode code = DccAlertCode.find(row.get(0)).orElseThrow();
      String payload = row.get(5).replaceAll(" *\\(.*", "");
      assertThat(code.payloadElement())
          .as(row.get(0))
          .isEqualTo(Optional.of(payload).filter(element -> !element.isEmpty()));
    }
  }

  /** The facts of an entry in one form, for comparison. */
  private record Facts(
      String name,
      String serviceReference,
      String requestElement,
      Nature nature,
      FutureDating futureDating,
      boolean schedulable,
      boolean sensitive,
      boolean unknownParty,
      Set<UserRole> roles,
      Set<DeviceType> targets,
      Set<CommandVariant> variants,
      Set<String> useCases,
      Set<Integer> messageCodes) {}

  private static Facts described(ServiceRequestEntry entry) {
    return new Facts(
        entry.name(),
        entry.serviceReference(),
        entry.requestElement(),
        entry.nature(),
        entry.futureDating(),
        entry.schedulable(),
        entry.returnsSensitiveData(),
        entry.takesUnknownPartyCertificate(),
        entry.eligibleRoles(),
        entry.targets(),
        entry.commandVariants(),
        Set.copyOf(entry.useCases()),
        entry.messageCodes());
  }

  private static Facts described(List<String> row) {
    return new Facts(
        row.get(2),
        row.get(1),
        row.get(3),
        row.get(5).equals("yes")
            ? Nature.CRITICAL
            : row.get(9).equals("yes") ? Nature.NON_DEVICE : Nature.NON_CRITICAL,
        FutureDating.valueOf(
            row.get(7).toUpperCase(Locale.ROOT).replace("DSP & DEVICE", "DSP_AND_DEVICE")),
        // The schema lets 4.2 be scheduled; the request matrix forgot it.
        row.get(8).equals("yes") || row.get(0).equals("4.2"),
        row.get(14).equals("yes"),
        row.get(19).equals("yes"),
        words(row.get(10), UserRole.class),
        words(row.get(11), DeviceType.class),
        Arrays.stream(row.get(12).split(";"))
            .map(number -> CommandVariant.of(Integer.parseInt(number)).orElseThrow())
            .collect(Collectors.toSet()),
        Arrays.stream(row.get(13).split(";"))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet()),
        Arrays.stream(row.get(16).split(";"))
            .filter(code -> !code.isEmpty())
            .map(Integer::decode)
            .collect(Collectors.toSet()));
  }

  /** Constants named in a cell, without the table's remarks in brackets. */
  private static <E extends Enum<E>> Set<E> words(String cell, Class<E> type) {
    if (cell.startsWith("none")) {
      return Set.of();
    }
    return Arrays.stream(cell.split(";"))
        .map(word -> word.replaceAll(" *\\(.*", ""))
        .map(word -> Enum.valueOf(type, word))
        .collect(Collectors.toSet());
  }
}
