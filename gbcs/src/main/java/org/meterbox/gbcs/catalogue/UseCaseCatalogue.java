// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterbox.gbcs.catalogue.UseCase.Access;
import org.meterbox.gbcs.catalogue.UseCase.Basis;
import org.meterbox.gbcs.catalogue.UseCase.Delivery;
import org.meterbox.gbcs.catalogue.UseCase.Kind;
import org.meterbox.gbcs.catalogue.UseCase.ObjectUse;
import org.meterbox.gbcs.catalogue.UseCase.Roles;
import org.meterbox.gbcs.catalogue.UseCase.Rule;
import org.meterbox.gbcs.catalogue.UseCase.Weight;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.RemotePartyRole;

/**
 * All GBCS use cases, read once from the tables {@code use-cases.txt} and {@code
 * use-case-objects.txt}.
 */
public final class UseCaseCatalogue {
  private static final int COLUMNS = 14;

  private static final Map<String, RemotePartyRole> ROLES =
      Map.of(
          "supplier", RemotePartyRole.SUPPLIER,
          "network-operator", RemotePartyRole.NETWORK_OPERATOR,
          "broker", RemotePartyRole.ACCESS_CONTROL_BROKER,
          "load-controller", RemotePartyRole.LOAD_CONTROLLER,
          "recovery", RemotePartyRole.RECOVERY,
          "transcos", RemotePartyRole.TRANSITIONAL_COS,
          "wan-provider", RemotePartyRole.WAN_PROVIDER,
          "other", RemotePartyRole.OTHER);

  private static final UseCaseCatalogue STANDARD = read();

  private final Map<MessageCode, UseCase> byCode;

  private UseCaseCatalogue(Map<MessageCode, UseCase> byCode) {
    this.byCode = byCode;
  }

  /** The use cases of GBCS. */
  public static UseCaseCatalogue standard() {
    return STANDARD;
  }

  /** The use case with this message code. */
  public Optional<UseCase> find(MessageCode code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** The use cases with this name, for example CS02b, in the order of their codes. */
  public List<UseCase> named(String name) {
    return byCode.values().stream().filter(useCase -> useCase.name().equals(name)).toList();
  }

  /** Every use case in the order of the message codes. */
  public Collection<UseCase> all() {
    return byCode.values();
  }

  private static UseCaseCatalogue read() {
    Map<MessageCode, List<ObjectUse>> objects = readObjects();
    Table table = Table.read("use-cases.txt");
    Map<MessageCode, UseCase> byCode = new LinkedHashMap<>();
    for (Table.Line line : table.lines()) {
      UseCase useCase = useCase(table, line, objects);
      if (byCode.put(useCase.code(), useCase) != null) {
        throw table.fault(line, "this message code stands twice");
      }
    }
    return new UseCaseCatalogue(byCode);
  }

  private static UseCase useCase(
      Table table, Table.Line line, Map<MessageCode, List<ObjectUse>> objects) {
    List<String> cells = Arrays.stream(line.text().split("\\|", -1)).map(String::strip).toList();
    if (cells.size() != COLUMNS) {
      throw table.fault(line, COLUMNS + " columns are needed");
    }
    MessageCode code = new MessageCode(Integer.parseInt(cells.get(0), 16));
    return new UseCase(
        code,
        cells.get(1),
        cells.get(2),
        payload(table, line, cells.get(3)),
        constant(Weight.class, cells.get(4)),
        constant(Kind.class, cells.get(5)),
        Equipment.setOf(cells.get(6)),
        roles(cells.get(7)),
        rule(table, line, cells.get(8)),
        rule(table, line, cells.get(9)),
        rule(table, line, cells.get(10)),
        rule(table, line, cells.get(11)),
        cells.get(12).equals("-") ? Delivery.NONE : constant(Delivery.class, cells.get(12)),
        cells.get(13).equals("legacy"),
        objects.getOrDefault(code, List.of()));
  }

  private static Map<MessageCode, List<ObjectUse>> readObjects() {
    Table table = Table.read("use-case-objects.txt");
    Map<MessageCode, List<ObjectUse>> objects = new HashMap<>();
    List<ObjectUse> current = new ArrayList<>();
    for (Table.Line line : table.lines()) {
      String[] words = line.text().strip().split(" +", -1);
      if (line.isIndented()) {
        current.add(
            new ObjectUse(
                constant(Access.class, words[0]),
                CosemAttribute.of(Integer.parseInt(words[1]), words[2], Integer.parseInt(words[3])),
                words.length == 5));
      } else {
        current = new ArrayList<>();
        objects.put(new MessageCode(Integer.parseInt(words[0], 16)), current);
      }
    }
    return objects;
  }

  private static PayloadFormat payload(Table table, Table.Line line, String text) {
    return Arrays.stream(PayloadFormat.values())
        .filter(format -> format.text().equals(text))
        .findFirst()
        .orElseThrow(() -> table.fault(line, "no payload format"));
  }

  private static Roles roles(String text) {
    if (text.equals("-")) {
      return new Roles(Set.of(), Basis.UNKNOWN);
    }
    boolean inferred = text.startsWith("~");
    Set<RemotePartyRole> roles =
        Arrays.stream((inferred ? text.substring(1) : text).split(" ", -1))
            .map(ROLES::get)
            .collect(Collectors.toSet());
    return new Roles(roles, inferred ? Basis.INFERRED : Basis.STATED);
  }

  private static Rule rule(Table table, Table.Line line, String text) {
    return switch (text) {
      case "yes" -> new Rule(true, Basis.STATED);
      case "no", "n/a" -> new Rule(false, Basis.STATED);
      case "~yes" -> new Rule(true, Basis.INFERRED);
      case "~no" -> new Rule(false, Basis.INFERRED);
      case "-" -> new Rule(false, Basis.UNKNOWN);
      default -> throw table.fault(line, "a rule is yes, no, n/a, ~yes, ~no or -");
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
