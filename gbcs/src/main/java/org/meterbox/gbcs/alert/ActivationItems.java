// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.meterbox.gbcs.alert.ActivationItem.Attribute;
import org.meterbox.gbcs.alert.ActivationItem.ZclCommand;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;

/**
 * The items of a future-dated command, each of which gives one alert when it takes effect. No alert
 * says how many there are: the number follows from the command alone (GBCS section 9.2.2 and the
 * use cases).
 *
 * @param items in the order of the command
 */
public record ActivationItems(List<ActivationItem> items) {
  private static final CosemAttribute ECS_CALENDAR = attribute(20, "0-0:13.0.0.255", 10);
  private static final CosemAttribute ECS_STANDING_CHARGE = attribute(113, "0-0:19.20.4.255", 7);
  private static final CosemAttribute ECS_PRICES = attribute(113, "0-0:19.20.0.255", 7);
  private static final CosemAttribute ECS_PRICES_SECONDARY = attribute(113, "0-0:19.20.5.255", 7);
  private static final CosemAttribute ECS_PAYMENT_MODE = attribute(111, "0-1:19.0.0.255", 13);
  private static final Set<CosemAttribute> PREPAYMENT =
      Set.of(
          extended("94.44.128.31"),
          extended("94.44.2.20"),
          extended("94.44.2.10"),
          extended("94.44.128.12"),
          extended("94.44.128.13"),
          extended("94.44.128.9"),
          extended("94.44.128.2"),
          extended("94.44.128.3"),
          extended("94.44.128.28"));
  private static final Set<CosemAttribute> CONTROLLER_CALENDAR =
      Set.of(extended("94.44.128.26"), extended("94.44.128.35"));

  /** By message code of the command; the use case follows each. */
  private static final Map<Integer, Set<CosemAttribute>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry(
              0x0019, // ECS01a
              Set.of(
                  ECS_CALENDAR,
                  extended("94.44.128.29"),
                  extended("94.44.2.0"),
                  ECS_STANDING_CHARGE,
                  ECS_PRICES,
                  extended("63.1.1.255"))),
          Map.entry(0x00A2, Set.of(ECS_STANDING_CHARGE, ECS_PRICES)), // ECS01b
          Map.entry(
              0x00B7, // ECS01c
              Set.of(
                  attribute(20, "0-0:13.0.1.255", 10),
                  ECS_PRICES_SECONDARY,
                  extended("94.44.128.30"))),
          Map.entry(0x00C7, Set.of(ECS_PRICES_SECONDARY)), // ECS01d
          Map.entry(0x001A, Set.of(ECS_PAYMENT_MODE)), // ECS02
          Map.entry(0x001B, Set.of(extended("94.44.128.22"), ECS_PAYMENT_MODE)), // ECS03
          Map.entry(0x001F, PREPAYMENT), // ECS08
          Map.entry(0x00DE, PREPAYMENT), // ECS08a
          Map.entry(
              0x0043, // ECS28a
              Set.of(
                  extended("94.44.0.3"),
                  extended("94.44.128.7"),
                  extended("94.44.128.6"),
                  extended("94.44.128.8"))),
          Map.entry(0x0054, CONTROLLER_CALENDAR), // ECS46c
          Map.entry(0x011A, CONTROLLER_CALENDAR)); // ECS46d

  private static final ZclCommand CALENDAR = new ZclCommand(Cluster.CALENDAR, 0x00);
  private static final ZclCommand SPECIAL_DAYS = new ZclCommand(Cluster.CALENDAR, 0x04);
  private static final ZclCommand TARIFF_INFORMATION = new ZclCommand(Cluster.PRICE, 0x04);
  private static final ZclCommand PRICE_MATRIX = new ZclCommand(Cluster.PRICE, 0x05);
  private static final ZclCommand BLOCK_THRESHOLDS = new ZclCommand(Cluster.PRICE, 0x06);
  private static final ZclCommand PAYMENT_MODE = new ZclCommand(Cluster.PREPAYMENT, 0x06);

  private static final Map<Integer, Set<ZclCommand>> COMMANDS =
      Map.of(
          0x006B, // GCS01a
          Set.of(CALENDAR, SPECIAL_DAYS, TARIFF_INFORMATION, BLOCK_THRESHOLDS, PRICE_MATRIX),
          0x00A3, // GCS01b
          Set.of(TARIFF_INFORMATION, PRICE_MATRIX),
          0x006C, // GCS02
          Set.of(PAYMENT_MODE),
          0x006D, // GCS03
          Set.of(PAYMENT_MODE),
          0x006F, // GCS05
          Set.of(
              new ZclCommand(Cluster.PREPAYMENT, 0x03),
              new ZclCommand(Cluster.PREPAYMENT, 0x0C),
              new ZclCommand(Cluster.PREPAYMENT, 0x09),
              new ZclCommand(Cluster.PREPAYMENT, 0x0B),
              CALENDAR,
              SPECIAL_DAYS));

  /** Copies the list. */
  public ActivationItems {
    items = List.copyOf(items);
  }

  /** The items of a DLMS command; none where the use case cannot be future dated. */
  public static ActivationItems of(MessageCode command, AccessRequest request) {
    Set<CosemAttribute> activations = ATTRIBUTES.getOrDefault(command.value(), Set.of());
    List<ActivationItem> items = new ArrayList<>();
    for (AccessRequest.Item item : request.items()) {
      if (item instanceof AccessRequest.Item.Set && activations.contains(item.target())) {
        items.add(new Attribute(item.target()));
      }
    }
    return new ActivationItems(items);
  }

  /** The items of a GBZ command; none where the use case cannot be future dated. */
  public static ActivationItems of(MessageCode command, GbzMessage message) {
    Set<ZclCommand> activations = COMMANDS.getOrDefault(command.value(), Set.of());
    List<ActivationItem> items = new ArrayList<>();
    for (Component component : message.components()) {
      ZclCommand item = new ZclCommand(component.cluster(), component.header().commandId());
      if (component.header().isClusterSpecific() && activations.contains(item)) {
        items.add(item);
      }
    }
    return new ActivationItems(items);
  }

  /** Whether a command of this use case can have the item. */
  public static boolean mayHave(MessageCode command, ActivationItem item) {
    return switch (item) {
      case Attribute(CosemAttribute attribute) ->
          ATTRIBUTES.getOrDefault(command.value(), Set.of()).contains(attribute);
      case ZclCommand zcl -> COMMANDS.getOrDefault(command.value(), Set.of()).contains(zcl);
      case ActivationItem.Whole ignored ->
          !ATTRIBUTES.containsKey(command.value()) && !COMMANDS.containsKey(command.value());
    };
  }

  /** The one item of a firmware or security credentials command. */
  public static ActivationItems whole() {
    return new ActivationItems(List.of(ActivationItem.Whole.VALUE));
  }

  /** How many alerts to expect. */
  public int count() {
    return items.size();
  }

  /** Which of them an alert is, counted from 1; absent where the command has no such item. */
  public OptionalInt placeOf(FutureDatedOutcome outcome) {
    int place = items.indexOf(outcome.item());
    return place < 0 ? OptionalInt.empty() : OptionalInt.of(place + 1);
  }

  private static CosemAttribute attribute(int classId, String object, int member) {
    return CosemAttribute.of(classId, object, member);
  }

  /** The activation time of an extended data object. */
  private static CosemAttribute extended(String object) {
    return attribute(9000, "0-0:" + object, 6);
  }
}
