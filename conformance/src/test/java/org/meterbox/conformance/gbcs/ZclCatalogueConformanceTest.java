// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceTable;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.GlobalCommand;
import org.meterbox.gbcs.gbz.ZclAttribute;
import org.meterbox.gbcs.gbz.ZclCatalogue;
import org.meterbox.gbcs.gbz.ZclCommand;
import org.meterbox.gbcs.gbz.ZclCommand.Direction;
import org.meterbox.gbcs.gbz.ZclType;

/** The table of ZCL commands and attributes says what the reference table says, row by row. */
class ZclCatalogueConformanceTest {
  private static final Map<String, ZclType> SHORT_NAMES =
      Map.of(
          "UTC", ZclType.UTC_TIME,
          "ostr", ZclType.OCTET_STRING,
          "cstr", ZclType.CHARACTER_STRING,
          "date", ZclType.DATE);

  @Test
  void everyRowOfTheReferenceTableIsKnown() {
    List<List<String>> rows = ReferenceTable.rows("zigbee.csv");
    int attributes = 0;
    int commands = 0;
    for (List<String> row : rows) {
      int id = Integer.decode(row.get(4));
      if (row.get(0).equals("any")) {
        assertThat(GlobalCommand.ofId(id)).map(GlobalCommand::title).contains(row.get(5));
        continue;
      }
      Cluster cluster = new Cluster(Integer.decode(row.get(0)));
      assertThat(cluster.name()).isEqualTo(row.get(1));
      if (row.get(3).equals("attribute")) {
        checkAttribute(new ZclAttribute(cluster, id), row);
        attributes++;
      } else {
        checkCommand(cluster, id, row);
        commands++;
      }
    }
    System.out.printf(
        Locale.ROOT, "ZCL: %d attributes and %d commands agree%n", attributes, commands);
    assertThat(ZclCatalogue.attributes()).hasSize(attributes);
    assertThat(ZclCatalogue.commands()).hasSize(commands);
  }

  private static void checkAttribute(ZclAttribute attribute, List<String> row) {
    // A remark in brackets belongs to the reference table alone.
    assertThat(row.get(5)).startsWith(attribute.name());
    String code = row.get(6).substring(row.get(6).lastIndexOf("0x"), row.get(6).length() - 1);
    assertThat(attribute.prescribedType().orElseThrow().code())
        .as(attribute.name())
        .isEqualTo(Integer.decode(code));
  }

  private static void checkCommand(Cluster cluster, int id, List<String> row) {
    Direction direction =
        row.get(2).equals("server") ? Direction.FROM_SERVER : Direction.FROM_CLIENT;
    ZclCommand command = ZclCatalogue.command(cluster, direction, id).orElseThrow();

    assertThat(command.name()).isEqualTo(row.get(5));
    assertThat(types(command.layout())).as(command.name()).isEqualTo(types(row.get(6)));
  }

  /** The types of all fields in order, those of rows once. */
  private static List<ZclType> types(List<ZclCommand.Element> layout) {
    List<ZclType> types = new ArrayList<>();
    for (ZclCommand.Element element : layout) {
      switch (element) {
        case ZclCommand.Scalar scalar -> types.add(scalar.type());
        case ZclCommand.Repeat repeat -> types.addAll(types(repeat.row()));
        case ZclCommand.OnlyIf ignored -> {}
        case ZclCommand.Remainder ignored -> {}
      }
    }
    return types;
  }

  /** The words after the colons of {@code Name:type; *[Name:type]}. */
  private static List<ZclType> types(String fields) {
    List<ZclType> types = new ArrayList<>();
    for (int colon = fields.indexOf(':'); colon >= 0; colon = fields.indexOf(':', colon + 1)) {
      int end = colon + 1;
      while (end < fields.length() && Character.isLetterOrDigit(fields.charAt(end))) {
        end++;
      }
      String word = fields.substring(colon + 1, end);
      if (!word.equals("rest")) {
        types.add(SHORT_NAMES.containsKey(word) ? SHORT_NAMES.get(word) : type(word));
      }
    }
    return types;
  }

  private static ZclType type(String word) {
    return ZclType.valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }
}
