// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceTable;
import org.meterbox.gbcs.catalogue.AlertCatalogue;
import org.meterbox.gbcs.catalogue.CosemCatalogue;
import org.meterbox.gbcs.catalogue.CosemCatalogue.MemberKind;
import org.meterbox.gbcs.catalogue.Equipment;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCase.Access;
import org.meterbox.gbcs.catalogue.UseCase.Basis;
import org.meterbox.gbcs.catalogue.UseCase.Rule;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.RemotePartyRole;

/** The catalogues say what the reference tables say, cell by cell. */
class GbcsCatalogueConformanceTest {
  private static final UseCaseCatalogue CATALOGUE = UseCaseCatalogue.standard();

  private static final Map<String, RemotePartyRole> ROLES =
      Map.of(
          "Supplier", RemotePartyRole.SUPPLIER,
          "Network Operator", RemotePartyRole.NETWORK_OPERATOR,
          "Access Control Broker", RemotePartyRole.ACCESS_CONTROL_BROKER,
          "Load Controller", RemotePartyRole.LOAD_CONTROLLER);

  /**
   * Joining and unjoining by method B is told to both devices (service requests 8.7.2 and 8.8.2 go
   * to each of them); the table names the one device of the only published messages.
   */
  private static final Set<String> BY_METHOD_B = Set.of("0x000E", "0x0010");

  @Test
  void useCasesAreThoseOfTheReferenceTable() {
    List<List<String>> rows = ReferenceTable.rows("gbcs-use-cases.csv");

    assertThat(rows).hasSameSizeAs(CATALOGUE.all());
    for (List<String> row : rows) {
      UseCase useCase = CATALOGUE.find(code(row.get(0))).orElseThrow();
      assertThat(useCase.name()).as(row.get(0)).isEqualTo(row.get(1));
      assertThat(useCase.payload().text()).as(row.get(0)).isEqualTo(row.get(3).split(" ", -1)[0]);
      assertThat(useCase.weight()).as(row.get(0)).isEqualTo(weight(row.get(5)));
      assertThat(kind(useCase)).as(row.get(0)).isEqualTo(row.get(6));
      if (!row.get(4).startsWith("all")) {
        Set<Equipment> expected = devices(row.get(4));
        if (BY_METHOD_B.contains(row.get(0))) {
          expected.addAll(Set.of(Equipment.ESME, Equipment.GPF, Equipment.PPMID));
        }
        assertThat(useCase.devices()).as(row.get(0)).isEqualTo(expected);
      }
      checkRoles(useCase, row.get(10));
      checkRule(useCase.futureDating(), row.get(8), row.get(0));
      checkRule(useCase.replayProtection(), row.get(9), row.get(0));
      checkRule(useCase.encryption(), row.get(12), row.get(0));
      if (useCase.kind() == UseCase.Kind.COMMAND) {
        checkRule(useCase.responseTime(), row.get(11), row.get(0));
      }
      assertThat(useCase.superseded()).as(row.get(0)).isEqualTo(row.get(18).startsWith("legacy"));
    }
  }

  /** The order in which a command addresses its objects is part of the use case. */
  @Test
  void objectsOfUseCasesAreThoseOfTheReferenceTableInItsOrder() {
    Map<MessageCode, List<String>> expected = new HashMap<>();
    for (List<String> row : ReferenceTable.rows("gbcs-use-cases-dlms.csv")) {
      if (row.get(4).matches("\\d+")) {
        String target =
            String.format(
                Locale.ROOT, "%s/%s/%s %s", row.get(4), row.get(5), row.get(7), row.get(6));
        List<String> targets = expected.computeIfAbsent(code(row.get(0)), c -> new ArrayList<>());
        // A value with several parts has as many rows; an object may be read again later.
        if (targets.isEmpty() || !targets.getLast().equals(target)) {
          targets.add(target);
        }
      }
    }

    for (UseCase useCase : CATALOGUE.all()) {
      List<String> own =
          useCase.objects().stream()
              .map(use -> use.target() + (use.access() == Access.ACTION ? " method" : " attribute"))
              .toList();
      assertThat(own)
          .as(useCase.toString())
          .isEqualTo(expected.getOrDefault(useCase.code(), List.of()));
    }
  }

  @Test
  void everyObjectOfTheReferenceTableHasAName() {
    for (List<String> row : ReferenceTable.rows("cosem-objects.csv")) {
      String[] member = row.get(2).split(" ", -1);
      CosemAttribute target =
          CosemAttribute.of(Integer.parseInt(row.get(0)), row.get(1), Integer.parseInt(member[1]));
      MemberKind kind = MemberKind.valueOf(member[0].toUpperCase(Locale.ROOT));
      assertThat(CosemCatalogue.standard().find(target, kind)).as(row.toString()).isPresent();
    }
  }

  @Test
  void alertCodesAreThoseOfTheReferenceTable() {
    List<List<String>> rows = ReferenceTable.rows("alert-codes.csv");

    assertThat(rows).hasSameSizeAs(AlertCatalogue.standard().all());
    for (List<String> row : rows) {
      AlertCatalogue.Meaning alert =
          AlertCatalogue.standard()
              .find(Integer.parseInt(row.get(0).substring(2), 16))
              .orElseThrow();
      assertThat(alert.devices()).as(row.toString()).isEqualTo(devices(row.get(2)));
      assertThat(alert.hasContent()).as(row.toString()).isEqualTo(!row.get(3).startsWith("no"));
      assertThat(alert.devicesFrom() == Basis.STATED)
          .as(row.toString())
          .isEqualTo(row.get(2).contains("seen"));
    }
  }

  private static void checkRoles(UseCase useCase, String cell) {
    if (!ROLES.keySet().containsAll(List.of(cell.split(";", -1)))) {
      // The reference table is silent here; ours may know more but must say so.
      assertThat(useCase.roles().basis()).as(useCase.toString()).isNotEqualTo(Basis.STATED);
      return;
    }
    assertThat(useCase.roles().roles())
        .as(useCase.toString())
        .isEqualTo(Arrays.stream(cell.split(";", -1)).map(ROLES::get).collect(Collectors.toSet()));
    assertThat(useCase.roles().basis()).as(useCase.toString()).isEqualTo(Basis.STATED);
  }

  private static void checkRule(Rule rule, String cell, String code) {
    switch (cell.toLowerCase(Locale.ROOT)) {
      case "yes" -> assertThat(rule).as(code).isEqualTo(new Rule(true, Basis.STATED));
      case "no", "n/a" -> assertThat(rule).as(code).isEqualTo(new Rule(false, Basis.STATED));
      default -> assertThat(rule.basis()).as(code).isNotEqualTo(Basis.STATED);
    }
  }

  private static Set<Equipment> devices(String cell) {
    Set<Equipment> devices = new HashSet<>();
    Matcher words = Pattern.compile("[A-Z]{3,}").matcher(cell.replace("from PPMID", ""));
    while (words.find()) {
      for (Equipment device : Equipment.values()) {
        if (device.name().equals(words.group())) {
          devices.add(device);
        }
      }
    }
    return devices;
  }

  private static UseCase.Weight weight(String cell) {
    return switch (cell) {
      case "yes" -> UseCase.Weight.CRITICAL;
      case "no" -> UseCase.Weight.NON_CRITICAL;
      default -> UseCase.Weight.EITHER;
    };
  }

  private static String kind(UseCase useCase) {
    return switch (useCase.kind()) {
      case COMMAND -> "command/response";
      case ALERT -> "alert";
      case DEVICE_TO_DEVICE, HOME_NETWORK -> "HAN";
    };
  }

  private static MessageCode code(String cell) {
    return new MessageCode(Integer.parseInt(cell.substring(2), 16));
  }
}
