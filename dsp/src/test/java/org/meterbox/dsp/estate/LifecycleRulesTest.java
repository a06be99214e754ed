// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.requests.RequestKey;
import org.meterbox.dsp.requests.RequestKey.Stage;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;

/** DUIS, 8.11 and 8.12: what a hub's answer changes, and whom a DCC Alert tells. */
final class LifecycleRulesTest {
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 GAS_SUPPLIER = Eui64.parse("90B3D51F30050000");
  private static final Eui64 OPERATOR = Eui64.parse("90B3D51F30020000");
  private static final Mpxn MPAN = new Mpxn("1200012345678");
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

  private static final Device OLD_HUB =
      device("00DB123456789001", DeviceType.CHF, Optional.empty());
  private static final Device OLD_PROXY =
      device("00DB123456789002", DeviceType.GPF, Optional.of(OLD_HUB.id()));
  private static final Device NEW_HUB =
      device("00DB123456789003", DeviceType.CHF, Optional.empty());
  private static final Device NEW_PROXY =
      device("00DB123456789004", DeviceType.GPF, Optional.of(NEW_HUB.id()));
  private static final Device METER =
      device("00DB123456789005", DeviceType.ESME, Optional.of(OLD_HUB.id()));
  private static final Device DISPLAY =
      device("00DB123456789006", DeviceType.PPMID, Optional.of(OLD_HUB.id()));

  private static Device device(String id, DeviceType type, Optional<Eui64> hub) {
    return new Device(
        Eui64.parse(id),
        type,
        hub,
        Optional.of(SmiStatus.COMMISSIONED),
        new DeviceModel(
            "106C",
            "433100AC",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        MeterPoints.NONE,
        Map.of());
  }

  private static DeviceAnswer answer(
      String service, Device of, Optional<Device> named, XmlElement body, boolean succeeded) {
    Payload payload = new Payload.DlmsResponse(new AccessResponse(0, List.of()));
    return new DeviceAnswer(
        new StoredRequest(
            new RequestKey(
                new MessageId(SUPPLIER, of.id(), new OriginatorCounter(1)), Stage.EXECUTION),
            new ServiceReferenceVariant(service),
            CommandVariant.NON_CRITICAL_WAN,
            Priority.ON_DEMAND,
            Optional.of(of.type()),
            new RequestState.Held(Instant.EPOCH),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.of(body),
        payload,
        payload,
        succeeded,
        of,
        List.of(OLD_HUB, OLD_PROXY, NEW_HUB, NEW_PROXY, METER, DISPLAY),
        named,
        List.of(),
        List.of(
            registered(UserRole.IS, SUPPLIER),
            registered(UserRole.GS, GAS_SUPPLIER),
            registered(UserRole.ED, OPERATOR)),
        List.of(),
        List.of(),
        Map.of(),
        NOW);
  }

  private static Registration registered(UserRole role, Eui64 party) {
    return new Registration(MPAN, role, party, Instant.EPOCH, Optional.empty());
  }

  private static XmlElement restore(String name, Device old) {
    return XmlElement.of("Restore", XmlElement.leaf(name, old.id().dashed()));
  }

  private static List<Consequence.Tell> told(List<Consequence> consequences) {
    return consequences.stream()
        .filter(Consequence.Tell.class::isInstance)
        .map(Consequence.Tell.class::cast)
        .toList();
  }

  @Test
  void aHubThatTookOverTheLogTakesOverTheHomeAndSuppliersGetN30() {
    List<Consequence> consequences =
        LifecycleRules.consequences(
            answer("8.12.1", NEW_HUB, Optional.empty(), restore("OldCHFID", OLD_HUB), true));
    assertThat(consequences)
        .filteredOn(Consequence.ChangeDevice.class::isInstance)
        .extracting(consequence -> ((Consequence.ChangeDevice) consequence).after())
        .containsExactly(
            METER.at(Optional.of(NEW_HUB.id())), DISPLAY.at(Optional.of(NEW_HUB.id())));
    assertThat(told(consequences))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.code().code()).isEqualTo("N30");
          assertThat(alert.recipients()).isEqualTo(Set.of(SUPPLIER, GAS_SUPPLIER));
          assertThat(alert.alert().child("CHFDeviceLog").children())
              .containsExactly(
                  XmlElement.leaf("OldCHFDeviceID", OLD_HUB.id().dashed()),
                  XmlElement.leaf("NewCHFDeviceID", NEW_HUB.id().dashed()),
                  XmlElement.leaf("OldGPFDeviceID", OLD_PROXY.id().dashed()),
                  XmlElement.leaf("NewGPFDeviceID", NEW_PROXY.id().dashed()));
        });
  }

  // The proxy's log holds no devices of the electricity side: nobody moves with it.
  @Test
  void aProxyThatTookOverTheLogMovesNobodyAndSuppliersGetN31() {
    List<Consequence> consequences =
        LifecycleRules.consequences(
            answer("8.12.2", NEW_PROXY, Optional.empty(), restore("OldGPFID", OLD_PROXY), true));
    assertThat(consequences).hasSize(1);
    assertThat(told(consequences))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.code().code()).isEqualTo("N31");
          assertThat(alert.recipients()).isEqualTo(Set.of(SUPPLIER, GAS_SUPPLIER));
          assertThat(alert.alert().child("GPFDeviceLog").children())
              .containsExactly(
                  XmlElement.leaf("OldCHFDeviceID", OLD_HUB.id().dashed()),
                  XmlElement.leaf("NewCHFDeviceID", NEW_HUB.id().dashed()),
                  XmlElement.leaf("OldGPFDeviceID", OLD_PROXY.id().dashed()),
                  XmlElement.leaf("NewGPFDeviceID", NEW_PROXY.id().dashed()));
        });
  }

  @Test
  void aLogThatWasNotTakenOverChangesNothing() {
    assertThat(
            LifecycleRules.consequences(
                answer("8.12.1", NEW_HUB, Optional.empty(), restore("OldCHFID", OLD_HUB), false)))
        .isEmpty();
  }

  @Test
  void aDisplayTakenOutOfTheLogIsToldToTheOtherSupplierByN43() {
    XmlElement remove =
        XmlElement.of("UpdateHANDeviceLog", XmlElement.leaf("RequestType", "Remove"));
    assertThat(
            told(
                LifecycleRules.consequences(
                    answer("8.11", OLD_HUB, Optional.of(DISPLAY), remove, true))))
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.code().code()).isEqualTo("N43");
          assertThat(alert.recipients()).isEqualTo(Set.of(GAS_SUPPLIER));
          assertThat(alert.alert())
              .isEqualTo(
                  XmlElement.of(
                      "PPMIDRemoval",
                      XmlElement.leaf("PPMIDDeviceID", DISPLAY.id().dashed()),
                      XmlElement.leaf("CHFDeviceID", OLD_HUB.id().dashed())));
        });
    assertThat(
            told(
                LifecycleRules.consequences(
                    answer("8.11", OLD_HUB, Optional.of(METER), remove, true))))
        .isEmpty();
  }
}
