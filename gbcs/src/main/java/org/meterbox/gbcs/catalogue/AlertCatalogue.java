// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.gbcs.catalogue.UseCase.Basis;

/** What the alert codes mean, read once from the table {@code alert-codes.txt}. */
public final class AlertCatalogue {
  private static final int COLUMNS = 4;
  private static final AlertCatalogue STANDARD = read();

  private final Map<Integer, Meaning> byCode;

  private AlertCatalogue(Map<Integer, Meaning> byCode) {
    this.byCode = byCode;
  }

  /** The alert codes of GBCS. */
  public static AlertCatalogue standard() {
    return STANDARD;
  }

  /**
   * What an alert code means.
   *
   * @param code 0 to 65535
   * @param title the alert in words
   * @param devices which devices may send it
   * @param devicesFrom inferred where no reference message shows such an alert
   * @param hasContent whether it carries more than code and time
   */
  public record Meaning(
      int code, String title, Set<Equipment> devices, Basis devicesFrom, boolean hasContent) {}

  /** What the code means; empty where GBCS does not know it. */
  public Optional<Meaning> find(int code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** Every alert code in order. */
  public Collection<Meaning> all() {
    return byCode.values();
  }

  private static AlertCatalogue read() {
    Table table = Table.read("alert-codes.txt");
    Map<Integer, Meaning> byCode = new LinkedHashMap<>();
    for (Table.Line line : table.lines()) {
      List<String> cells = Arrays.stream(line.text().split("\\|", -1)).map(String::strip).toList();
      if (cells.size() != COLUMNS) {
        throw table.fault(line, COLUMNS + " columns are needed");
      }
      int code = Integer.parseInt(cells.get(0), 16);
      boolean inferred = cells.get(2).startsWith("~");
      Set<Equipment> devices = Equipment.setOf(inferred ? cells.get(2).substring(1) : cells.get(2));
      Basis basis = inferred ? Basis.INFERRED : Basis.STATED;
      boolean content = cells.get(3).startsWith("yes");
      if (byCode.put(code, new Meaning(code, cells.get(1), devices, basis, content)) != null) {
        throw table.fault(line, "this alert code stands twice");
      }
    }
    return new AlertCatalogue(byCode);
  }
}
