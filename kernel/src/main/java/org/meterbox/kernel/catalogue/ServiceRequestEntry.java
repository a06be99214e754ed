// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.catalogue;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;

/**
 * What DUIS 5.4 lays down about one Service Request Variant.
 *
 * @param variant the service reference variant
 * @param name the name a person uses
 * @param requestElement local name of its element in the request's body
 * @param nature critical, non-critical or non-device
 * @param futureDating where it waits when it carries an ExecutionDateTime
 * @param schedulable whether a DSP schedule may run it
 * @param returnsSensitiveData whether at least one of its use cases answers with encrypted content
 * @param takesUnknownPartyCertificate whether a party that the device does not know may add its key
 *     agreement certificate
 * @param eligibleRoles the user roles that may send it
 * @param targets the kinds of device it may be addressed to; empty for non-device requests
 * @param commandVariants the command variants it may carry
 * @param useCases names of the GBCS use cases that carry it, with the suffixes of the reference
 *     messages where one use case serves several requests
 * @param messageCodes the GBCS message codes of those use cases, 0 to FFFF hex
 * @param originator in whose name its commands go out
 * @param carriesCustomerNumber whether its command carries a number that the DSP draws
 * @param supply whether it restores or cuts the supply or tops up, and so overtakes other commands
 * @param stages in which it may be sent beside normal service; DUIS has no public table of these
 */
public record ServiceRequestEntry(
    ServiceReferenceVariant variant,
    String name,
    String requestElement,
    Nature nature,
    FutureDating futureDating,
    boolean schedulable,
    boolean returnsSensitiveData,
    boolean takesUnknownPartyCertificate,
    Set<UserRole> eligibleRoles,
    Set<DeviceType> targets,
    Set<CommandVariant> commandVariants,
    List<String> useCases,
    Set<Integer> messageCodes,
    Originator originator,
    boolean carriesCustomerNumber,
    boolean supply,
    Set<Stage> stages) {

  /** Which of the three ways through the DSP a request takes. */
  public enum Nature {
    /** Becomes a Pre-Command that the user signs. */
    CRITICAL,
    /** Becomes a command at once. */
    NON_CRITICAL,
    /** Is answered by the DSP itself. */
    NON_DEVICE
  }

  /** In whose name the commands of a request go to the device. */
  public enum Originator {
    /** The user's; the Access Control Broker's on its behalf where the device does not know it. */
    USER,
    /** The Access Control Broker's own. */
    ACCESS_CONTROL_BROKER,
    /** The change of supplier party's. */
    CHANGE_OF_SUPPLIER
  }

  /** A stage of a device's life other than normal service. */
  public enum Stage {
    /** Announced to the hub; ends with commissioning. */
    JOINING,
    /** In the home network; ends with commissioning. */
    CONFIGURING,
    /** The device's model or firmware has left the Central Products List. */
    SUSPENSION,
    /** The broker's certificates stand in the device's cells. */
    RECOVERY
  }

  /** Keeps unchangeable copies. */
  public ServiceRequestEntry {
    eligibleRoles = Set.copyOf(eligibleRoles);
    targets = Set.copyOf(targets);
    commandVariants = Set.copyOf(commandVariants);
    useCases = List.copyOf(useCases);
    messageCodes = Set.copyOf(messageCodes);
    stages = Set.copyOf(stages);
  }

  /** Whether the command must carry the user's own signature. */
  public boolean critical() {
    return nature == Nature.CRITICAL;
  }

  /** Whether the DSP answers it without a device. */
  public boolean nonDevice() {
    return nature == Nature.NON_DEVICE;
  }

  /** The service reference: the first two numbers of the variant. */
  public String serviceReference() {
    return variant.serviceReference();
  }

  static final int COLUMNS = 12;

  static ServiceRequestEntry of(List<String> cells) {
    Set<String> nature = CatalogueTable.words(cells.get(3)).collect(Collectors.toSet());
    Set<String> command = CatalogueTable.words(cells.get(10)).collect(Collectors.toSet());
    return new ServiceRequestEntry(
        new ServiceReferenceVariant(cells.get(0)),
        cells.get(1),
        cells.get(2),
        nature(nature),
        FutureDating.of(cells.get(4)),
        nature.contains("schedulable"),
        nature.contains("sensitive"),
        nature.contains("unknown-party"),
        enumSet(UserRole.class, cells.get(5)),
        enumSet(DeviceType.class, cells.get(6)),
        commandVariants(cells.get(7)),
        CatalogueTable.words(cells.get(8)).toList(),
        CatalogueTable.words(cells.get(9))
            .map(code -> Integer.parseInt(code, 16))
            .collect(Collectors.toSet()),
        originator(command),
        command.contains("customer-number"),
        command.contains("supply"),
        enumSet(Stage.class, cells.get(11).toUpperCase(Locale.ROOT)));
  }

  private static Originator originator(Set<String> words) {
    if (words.contains("from-broker")) {
      return Originator.ACCESS_CONTROL_BROKER;
    }
    return words.contains("from-change-of-supplier")
        ? Originator.CHANGE_OF_SUPPLIER
        : Originator.USER;
  }

  private static Nature nature(Set<String> words) {
    if (words.contains("critical")) {
      return Nature.CRITICAL;
    }
    return words.contains("non-device") ? Nature.NON_DEVICE : Nature.NON_CRITICAL;
  }

  private static <E extends Enum<E>> Set<E> enumSet(Class<E> type, String cell) {
    return CatalogueTable.words(cell)
        .map(word -> Enum.valueOf(type, word))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
  }

  private static Set<CommandVariant> commandVariants(String cell) {
    return CatalogueTable.words(cell)
        .map(word -> CommandVariant.of(Integer.parseInt(word)).orElseThrow())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(CommandVariant.class)));
  }
}
