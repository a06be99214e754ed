// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.Obis;

/**
 * Names of the COSEM objects of GB devices, of their attributes and methods, and what stands inside
 * their values; read once from the table {@code cosem-objects.txt}.
 */
public final class CosemCatalogue {
  private static final CosemCatalogue STANDARD = read();

  private final Map<Integer, InterfaceClass> classes;
  private final Map<ObjectId, CosemObject> objects;

  private CosemCatalogue(Map<Integer, InterfaceClass> classes, Map<ObjectId, CosemObject> objects) {
    this.classes = Map.copyOf(classes);
    this.objects = Map.copyOf(objects);
  }

  /** The objects that GBCS use cases address. */
  public static CosemCatalogue standard() {
    return STANDARD;
  }

  /** Whether a number names an attribute or a method. */
  public enum MemberKind {
    ATTRIBUTE,
    METHOD
  }

  /** What an interface class has. */
  private record InterfaceClass(String title, Map<Member, Layout> members) {}

  private record Member(MemberKind kind, int number) {}

  private record ObjectId(int classId, Obis name) {}

  private record CosemObject(String title, Map<Member, Layout> members) {}

  /**
   * An attribute or method in words.
   *
   * @param object what the object is, for example FirmwareVersion
   * @param member its name in the interface class, for example value
   * @param layout what stands in its value
   */
  public record Name(String object, String member, Layout layout) {
    @Override
    public String toString() {
      return object + " " + member;
    }
  }

  /** The name of a member; empty where the object is not in the catalogue. */
  public Optional<Name> find(CosemAttribute target, MemberKind kind) {
    CosemObject object = objects.get(new ObjectId(target.classId(), target.object()));
    if (object == null) {
      return Optional.empty();
    }
    Layout layout = layout(object, target, kind);
    String member =
        layout.name().isEmpty()
            ? (kind == MemberKind.ATTRIBUTE ? "attribute " : "method ") + target.member()
            : layout.name();
    return Optional.of(new Name(object.title(), member, layout));
  }

  /** The title of an interface class, for example Activity calendar. */
  public Optional<String> classTitle(int classId) {
    return Optional.ofNullable(classes.get(classId)).map(InterfaceClass::title);
  }

  private Layout layout(CosemObject object, CosemAttribute target, MemberKind kind) {
    Member member = new Member(kind, target.member());
    Layout own = object.members().get(member);
    if (own != null) {
      return own;
    }
    InterfaceClass type = classes.get(target.classId());
    return type == null ? Layout.UNKNOWN : type.members().getOrDefault(member, Layout.UNKNOWN);
  }

  private static CosemCatalogue read() {
    Table table = Table.read("cosem-objects.txt");
    Map<Integer, InterfaceClass> classes = new HashMap<>();
    Map<ObjectId, CosemObject> objects = new HashMap<>();
    for (List<Table.Line> section : sections(table)) {
      Table.Line head = section.getFirst();
      Map<Member, Layout> members = members(table, section.subList(1, section.size()));
      String[] words = head.text().split(" ", 4);
      boolean fresh =
          switch (words[0]) {
            case "class" -> {
              String title = head.text().split(" ", 3)[2];
              yield classes.put(Integer.parseInt(words[1]), new InterfaceClass(title, members))
                  == null;
            }
            case "object" -> {
              ObjectId id = new ObjectId(Integer.parseInt(words[1]), Obis.parse(words[2]));
              yield objects.put(id, new CosemObject(words[3], members)) == null;
            }
            default -> throw table.fault(head, "a section is a class or an object");
          };
      if (!fresh) {
        throw table.fault(head, "this stands twice");
      }
    }
    return new CosemCatalogue(classes, objects);
  }

  private static List<List<Table.Line>> sections(Table table) {
    List<List<Table.Line>> sections = new ArrayList<>();
    for (Table.Line line : table.lines()) {
      if (!line.isIndented()) {
        sections.add(new ArrayList<>());
      }
      sections.getLast().add(line);
    }
    return sections;
  }

  private static Map<Member, Layout> members(Table table, List<Table.Line> lines) {
    Map<Member, Layout> members = new HashMap<>();
    for (Table.Line line : lines) {
      String[] words = line.text().strip().split(" ", 2);
      MemberKind kind =
          switch (words[0].charAt(0)) {
            case 'a' -> MemberKind.ATTRIBUTE;
            case 'm' -> MemberKind.METHOD;
            default -> throw table.fault(line, "a member begins with a or m");
          };
      Member member = new Member(kind, Integer.parseInt(words[0].substring(1)));
      members.put(member, Layout.parse(words[1]));
    }
    return members;
  }
}
