// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclField;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclHeader;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclValue;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** How many alerts a future-dated command gives, and which is which. */
class ActivationItemsTest {
  private static final MessageCode SET_PRICE_ON_ESME = new MessageCode(0x00A2);
  private static final MessageCode SET_TARIFF_ON_GSME = new MessageCode(0x006B);
  private static final CosemAttribute PRICES = CosemAttribute.of(113, "0-0:19.20.0.255", 7);
  private static final CosemAttribute STANDING_CHARGE =
      CosemAttribute.of(113, "0-0:19.20.4.255", 7);
  private static final CosemAttribute PASSIVE_PRICES = CosemAttribute.of(113, "0-0:19.20.0.255", 6);

  @Test
  void everyActivationTimeOfADlmsCommandIsAnItem() {
    AccessRequest request =
        new AccessRequest(
            0x20000001L,
            List.of(
                new AccessRequest.Item.Set(PASSIVE_PRICES, DlmsDateTime.NOW.toValue()),
                new AccessRequest.Item.Set(STANDING_CHARGE, DlmsDateTime.NOW.toValue()),
                // Reading an activation time activates nothing.
                new AccessRequest.Item.Get(PRICES),
                new AccessRequest.Item.Set(PRICES, DlmsDateTime.NOW.toValue())));
    ActivationItems items = ActivationItems.of(SET_PRICE_ON_ESME, request);

    assertThat(items.count()).isEqualTo(2);
    assertThat(items.placeOf(outcome(new ActivationItem.Attribute(STANDING_CHARGE))))
        .isEqualTo(OptionalInt.of(1));
    assertThat(items.placeOf(outcome(new ActivationItem.Attribute(PRICES))))
        .isEqualTo(OptionalInt.of(2));
    assertThat(items.placeOf(outcome(new ActivationItem.Attribute(PASSIVE_PRICES)))).isEmpty();
    assertThat(ActivationItems.of(new MessageCode(0x0027), request).count()).isZero();
  }

  @Test
  void dayWeekAndSeasonCommandsOfAGbzCommandGiveNoAlert() {
    List<Component> components = new ArrayList<>();
    for (int command : new int[] {0x00, 0x01, 0x02, 0x03, 0x04}) {
      components.add(component(Cluster.CALENDAR, command, components.size()));
    }
    for (int command : new int[] {0x04, 0x06, 0x05}) {
      components.add(component(Cluster.PRICE, command, components.size()));
    }
    ActivationItems items = ActivationItems.of(SET_TARIFF_ON_GSME, new GbzMessage(components));

    assertThat(items.count()).isEqualTo(5);
    assertThat(items.placeOf(outcome(new ActivationItem.ZclCommand(Cluster.PRICE, 0x05))))
        .isEqualTo(OptionalInt.of(5));
    assertThat(items.placeOf(outcome(new ActivationItem.ZclCommand(Cluster.CALENDAR, 0x01))))
        .isEmpty();
  }

  @Test
  void firmwareAndCredentialsGiveOne() {
    assertThat(ActivationItems.whole().count()).isEqualTo(1);
    assertThat(ActivationItems.whole().placeOf(outcome(ActivationItem.Whole.VALUE)))
        .isEqualTo(OptionalInt.of(1));
  }

  private static FutureDatedOutcome outcome(ActivationItem item) {
    return new FutureDatedOutcome(
        SET_PRICE_ON_ESME, new OriginatorCounter(1), item, /* success= */ true);
  }

  /** What the fields say does not matter here. */
  private static Component component(Cluster cluster, int command, int sequence) {
    ZclFields fields = new ZclFields(List.of(new ZclField("any", new ZclValue.Rest(Octets.EMPTY))));
    return Component.Plain.of(
        new ZclFrame(
            cluster, ZclHeader.of(0x09, sequence, command), new ZclPayload.ClusterCommand(fields)));
  }
}
