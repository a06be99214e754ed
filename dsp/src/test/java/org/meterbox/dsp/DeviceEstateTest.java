// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.Property;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.testing.Party;
import org.meterbox.dsp.testing.World;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DccAlert;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.gbcs.alert.DlmsDetail.HubDevice;
import org.meterbox.gbcs.alert.DlmsDetail.HubDeviceLog;
import org.meterbox.gbcs.dlms.DlmsAlert;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.UserRole;

/** Device estate management by signed requests, with what is stored and who is told. */
final class DeviceEstateTest {
  private static final Eui64 FRESH = Eui64.parse("00DB123456789A01");
  private static final Eui64 FRESH_HUB = Eui64.parse("00DB123456789A02");
  private static final Eui64 FRESH_PROXY = Eui64.parse("00DB123456789A03");
  private static final Eui64 DISPLAY = Eui64.parse("00DB123456789A04");
  private static final Mpxn OTHER_MPAN = new Mpxn("1234567890199");
  private static final Mpxn MPRN = new Mpxn("7654321");
  private static final String NEVER = "2000-01-01T00:00:00Z";

  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private Response send(Party party, String service, XmlElement body) {
    return world.send(
        party,
        WebService.NON_DEVICE,
        World.draft(
            world.newRequestId(party, World.BROKER), CommandVariant.NON_DEVICE, service, body));
  }

  private String code(Party party, String service, XmlElement body) {
    return send(party, service, body).code().code();
  }

  private static XmlElement leaf(String name, Object text) {
    return XmlElement.leaf(name, text.toString());
  }

  private static XmlElement read(String criterion, Object value) {
    return XmlElement.of("ReadInventory", leaf(criterion, value));
  }

  private static XmlElement readAddress(String postCode, String identifier) {
    return XmlElement.of(
        "ReadInventory",
        XmlElement.of(
            "PropertyFilter", leaf("PostCode", postCode), leaf("AddressIdentifier", identifier)));
  }

  private static XmlElement inventory(Response response) {
    return ((ResponseData.DspResult) ((ResponseMessage) response.body()).data()).element();
  }

  private static XmlElement device(Response response, Eui64 id) {
    return inventory(response).children("Device").stream()
        .filter(device -> device.find("DeviceID").orElseThrow().token().equals(id.dashed()))
        .findFirst()
        .orElseThrow();
  }

  private static String field(XmlElement device, String name) {
    return device.find(name).map(XmlElement::token).orElse("-");
  }

  private String status(Eui64 id) {
    return String.join(
        "",
        world.query("SELECT COALESCE(status, 'NONE') FROM dsp.device WHERE eui = " + id.value()));
  }

  /** Code and content of every DCC Alert stored for a user, in order. */
  private List<String> alerts(Party party) {
    return world
        .query(
            "SELECT encode(document, 'hex') FROM dsp.delivery WHERE kind = 'DCC_ALERT'"
                + " AND recipient = "
                + party.id().value()
                + " ORDER BY id")
        .stream()
        .map(hex -> (DccAlert) world.verified(Octets.of(HexFormat.of().parseHex(hex))).body())
        .map(alert -> alert.code().code() + " " + words(alert.alert()))
        .toList();
  }

  private static String words(XmlElement element) {
    return element.children().isEmpty()
        ? element.localName() + (element.token().isEmpty() ? "" : "=" + element.token())
        : String.join(" ", element.children().stream().map(DeviceEstateTest::words).toList());
  }

  private void put(
      Eui64 id, DeviceType type, Optional<Eui64> hub, SmiStatus status, MeterPoints points) {
    DeviceModel model =
        new DeviceModel(
            "106C",
            "1",
            Optional.empty(),
            Optional.of("1"),
            Optional.empty(),
            type == DeviceType.ESME ? Optional.of("A") : Optional.empty());
    world
        .dsp()
        .inventory()
        .put(new Device(id, type, hub, Optional.of(status), model, points, Map.of()));
  }

  private void register(Mpxn mpxn, UserRole role, Party party) {
    world
        .dsp()
        .registrations()
        .put(new Registration(mpxn, role, party.id(), Instant.parse(NEVER), Optional.empty()));
  }

  // 8.2

  @Test
  void premisesAreFoundByDeviceMeterPointPropertyAndAddress() {
    world
        .dsp()
        .meterPoints()
        .put(
            World.MPAN,
            new Property(Optional.of(100L), Optional.of("M22 0RR"), Optional.of("12a")));
    for (XmlElement asked :
        List.of(
            read("DeviceID", World.HUB.dashed()),
            read("MPxN", World.MPAN),
            read("UPRN", 100),
            readAddress("m220rr", " 12A"))) {
      Response answer = send(World.SUPPLIER, "8.2", asked);
      assertThat(answer.code().code()).isEqualTo("I0");
      XmlElement meter = device(answer, World.ESME);
      assertThat(field(meter, "ImportMPxN")).isEqualTo(World.MPAN.value());
      assertThat(field(meter, "UPRN")).isEqualTo("100");
      assertThat(field(meter, "CSPRegion")).isEqualTo("North");
      assertThat(field(device(answer, World.HUB), "Connectivity")).isEqualTo("Virtual");
      assertThat(field(device(answer, World.HUB), "UPRN")).isEqualTo("100");
    }
    assertThat(code(World.SUPPLIER, "8.2", read("UPRN", 101))).isEqualTo("E080201");
    assertThat(code(World.SUPPLIER, "8.2", read("MPxN", "no digits"))).isEqualTo("E080201");
    assertThat(code(World.SUPPLIER, "8.2", readAddress("M22 0RR", ""))).isEqualTo("E080201");
  }

  // What exists elsewhere and what does not exist are told apart by nobody.
  @Test
  void aStrangerLearnsNothing() {
    assertThat(code(World.OTHER_SUPPLIER, "8.2", read("DeviceID", World.ESME.dashed())))
        .isEqualTo("E080201");
    assertThat(code(World.OTHER_SUPPLIER, "8.2", read("DeviceID", FRESH.dashed())))
        .isEqualTo("E080201");
    // Who has not begun to supply yet may look already.
    world
        .dsp()
        .registrations()
        .put(
            new Registration(
                World.MPAN,
                UserRole.IS,
                World.OTHER_SUPPLIER.id(),
                world.clock.instant().plus(Duration.ofDays(5)),
                Optional.empty()));
    assertThat(code(World.OTHER_SUPPLIER, "8.2", read("DeviceID", World.ESME.dashed())))
        .isEqualTo("I0");
  }

  @Test
  void theOtherFuelsMeterPointIsNotShown() {
    world.putUser(World.OTHER_SUPPLIER, Set.of(UserRole.GS), Optional.empty());
    put(
        FRESH,
        DeviceType.GSME,
        Optional.of(World.HUB),
        SmiStatus.COMMISSIONED,
        MeterPoints.importing(MPRN));
    register(MPRN, UserRole.GS, World.OTHER_SUPPLIER);
    Response answer = send(World.OTHER_SUPPLIER, "8.2", read("MPxN", MPRN));
    assertThat(field(device(answer, FRESH), "ImportMPxN")).isEqualTo(MPRN.value());
    assertThat(field(device(answer, World.ESME), "ImportMPxN")).isEqualTo("-");
  }

  @Test
  void severalPremisesAtOneAddressAreNotAnswered() {
    put(
        FRESH,
        DeviceType.ESME,
        Optional.of(FRESH_HUB),
        SmiStatus.COMMISSIONED,
        MeterPoints.importing(OTHER_MPAN));
    Property place = new Property(Optional.of(7L), Optional.empty(), Optional.empty());
    world.dsp().meterPoints().put(World.MPAN, place);
    world.dsp().meterPoints().put(OTHER_MPAN, place);
    assertThat(code(World.SUPPLIER, "8.2", read("UPRN", 7))).isEqualTo("E080202");
  }

  // 12.2

  private static XmlElement announcement(Eui64 id, String type, XmlElement... more) {
    return XmlElement.builder(DuisNames.DUIS, "DevicePrenotification")
        .leaf("DeviceID", id.dashed())
        .leaf("DeviceManufacturer", "106C")
        .leaf("DeviceModel", "433100AC")
        .leaf("DeviceType", type)
        .children(List.of(more))
        .build();
  }

  @Test
  void aDeviceIsAnnouncedOnce() {
    XmlElement meter = announcement(FRESH, "ESME", leaf("ESMEVariant", "AD"));
    assertThat(code(World.SUPPLIER, "12.2", meter)).isEqualTo("I0");
    assertThat(status(FRESH)).isEqualTo("PENDING");
    assertThat(code(World.SUPPLIER, "12.2", meter)).isEqualTo("E120201");
    Response answer = send(World.OTHER_SUPPLIER, "8.2", read("DeviceID", FRESH.dashed()));
    assertThat(field(device(answer, FRESH), "ESMEVariant")).isEqualTo("AD");
    assertThat(world.query("SELECT concat_ws(' ', status, trigger) FROM dsp.device_status"))
        .containsExactly("PENDING PRE_NOTIFIED");
    assertThat(code(World.SUPPLIER, "12.2", announcement(DISPLAY, "CAD"))).isEqualTo("I0");
    assertThat(status(DISPLAY)).isEqualTo("NONE");
  }

  @ParameterizedTest
  @CsvSource({
    "GPF, , , E120204",
    "ESME, , , E120203",
    "PPMID, A, , E120203",
    "CHF, , , E120203",
    "ESME, A, 00-DB-12-34-56-78-9A-03, E120203",
    "CHF, , 00-DB-12-34-56-78-9A-01, E120201",
    "CHF, , 00-DB-12-34-56-78-90-A2, E120201",
    "CHF, , 00-DB-12-34-56-78-9A-03, I0"
  })
  void whatATypeOfDeviceNeedsIsAsked(String type, String variant, String proxy, String expected) {
    List<XmlElement> details =
        Stream.of(
                Optional.ofNullable(variant).map(v -> leaf("ESMEVariant", v)),
                Optional.ofNullable(proxy).map(p -> leaf("AssociatedGPFDeviceID", p)))
            .flatMap(Optional::stream)
            .toList();
    assertThat(
            code(
                World.SUPPLIER,
                "12.2",
                announcement(FRESH, type, details.toArray(XmlElement[]::new))))
        .isEqualTo(expected);
  }

  // N8: about a year after its announcement.
  @Test
  void whatIsNeverInstalledIsRemoved() {
    send(World.SUPPLIER, "12.2", announcement(FRESH, "ESME", leaf("ESMEVariant", "A")));
    world.clock.advance(Duration.ofDays(364));
    world.lookAfterDue();
    assertThat(status(FRESH)).isEqualTo("PENDING");
    world.clock.advance(Duration.ofDays(3));
    world.lookAfterDue();
    assertThat(status(FRESH)).isEmpty();
    assertThat(alerts(World.SUPPLIER))
        .containsExactly("N8 DeviceID=" + FRESH.dashed() + " DeviceRemovedFromInventory");
  }

  // 8.14

  private static XmlElement installed(String element, Eui64 hub, Object mpxn, String type) {
    XmlElement.Builder body =
        XmlElement.builder(DuisNames.DUIS, element)
            .leaf("DeviceID", hub.dashed())
            .leaf("CHFInstallType", type)
            .leaf("MPxN", mpxn.toString())
            .leaf("AerialInstall", "false")
            .leaf("CHFLocation", "Deep indoors");
    if (element.equals("CHFInstallSuccessNoSMWAN")) {
      body.leaf("PremiseType", "Terraced")
          .leaf("MetalObstructionCheck", "true")
          .leaf("ConnectivityObstructionCheck", "true")
          .leaf("SharedObstructionCheck", "true");
    }
    return body.build();
  }

  private static XmlElement installed(Eui64 hub, Object mpxn) {
    return installed("CHFInstallSuccessSMWAN", hub, mpxn, "New CHF Install");
  }

  private void announceHub() {
    send(
        World.SUPPLIER,
        "12.2",
        announcement(FRESH_HUB, "CHF", leaf("AssociatedGPFDeviceID", FRESH_PROXY.dashed())));
  }

  @Test
  void aHubIsInstalledWithItsProxy() {
    announceHub();
    register(OTHER_MPAN, UserRole.IS, World.SUPPLIER);
    assertThat(code(World.SUPPLIER, "8.14.1", installed(FRESH_HUB, World.ESME.hex().substring(3))))
        .isEqualTo("E081405");
    assertThat(code(World.OTHER_SUPPLIER, "8.14.1", installed(FRESH_HUB, OTHER_MPAN)))
        .isEqualTo("E081405");
    assertThat(code(World.SUPPLIER, "8.14.1", installed(FRESH_HUB, OTHER_MPAN))).isEqualTo("I0");
    assertThat(status(FRESH_HUB)).isEqualTo("COMMISSIONED");
    assertThat(status(FRESH_PROXY)).isEqualTo("INSTALLED_NOT_COMMISSIONED");
    assertThat(code(World.SUPPLIER, "8.14.1", installed(FRESH_HUB, OTHER_MPAN)))
        .isEqualTo("W081401");
    XmlElement hub =
        device(send(World.SUPPLIER, "8.2", read("DeviceID", FRESH_HUB.dashed())), FRESH_HUB);
    assertThat(field(hub, "DateCommissioned"))
        .isEqualTo(world.clock.instant().toString().substring(0, 10));
    // Whoever is registered at the meter point that the installer named may join devices.
    assertThat(add(FRESH_HUB, DISPLAY).code().code()).isNotEqualTo("E4");
  }

  @Test
  void aHubWithoutWanIsInstalledAndNotCommissioned() {
    announceHub();
    assertThat(
            code(
                World.SUPPLIER,
                "8.14.2",
                installed(
                    "CHFInstallSuccessNoSMWAN", FRESH_HUB, World.MPAN, "CHF Install - no SM WAN")))
        .isEqualTo("I0");
    assertThat(status(FRESH_HUB)).isEqualTo("INSTALLED_NOT_COMMISSIONED");
  }

  @Test
  void whatIsNoHubOrContradictsItselfIsNotInstalled() {
    assertThat(code(World.SUPPLIER, "8.14.1", installed(FRESH, World.MPAN))).isEqualTo("E19");
    assertThat(code(World.SUPPLIER, "8.14.1", installed(World.ESME, World.MPAN)))
        .isEqualTo("E081401");
    assertThat(
            code(
                World.SUPPLIER,
                "8.14.1",
                installed(
                    "CHFInstallSuccessSMWAN", World.HUB, World.MPAN, "CHF Install - no SM WAN")))
        .isEqualTo("E081406");
    put(
        World.HUB,
        DeviceType.CHF,
        Optional.of(World.HUB),
        SmiStatus.DECOMMISSIONED,
        MeterPoints.NONE);
    assertThat(code(World.SUPPLIER, "8.14.1", installed(World.HUB, World.MPAN)))
        .isEqualTo("E081402");
  }

  private static XmlElement returned(Eui64 other) {
    return XmlElement.of(
        "CHFFaultReturn",
        leaf("DeviceID", World.HUB.dashed()),
        leaf("CHFFaultReturnType", "Fault identified post installation"),
        leaf("OtherDeviceID", other.dashed()),
        leaf("CHFConnectionMethod", "Cradle"),
        leaf("CHFFaultReason", "LED Fault"));
  }

  // N9 to the other parties of the premises.
  @Test
  void aReturnedHubIsOutOfService() {
    assertThat(code(World.OTHER_SUPPLIER, "8.14.3", returned(World.ESME))).isEqualTo("E4");
    assertThat(code(World.SUPPLIER, "8.14.3", returned(FRESH))).isEqualTo("E081406");
    assertThat(code(World.SUPPLIER, "8.14.3", returned(World.ESME))).isEqualTo("I0");
    assertThat(status(World.HUB)).isEqualTo("DECOMMISSIONED");
    assertThat(alerts(World.NETWORK_OPERATOR))
        .containsExactly("N9 DeviceID=" + World.HUB.dashed() + " CHFDecommissioning");
    assertThat(alerts(World.SUPPLIER)).isEmpty();
    XmlElement lost =
        XmlElement.of(
            "CHFNoFaultReturn",
            leaf("DeviceID", World.HUB.dashed()),
            leaf("CHFNoFaultReturnType", "Lost or Stolen Hub"));
    assertThat(code(World.SUPPLIER, "8.14.4", lost)).isEqualTo("E081402");
  }

  // 8.3

  private static XmlElement decommission(Eui64 id) {
    return XmlElement.of("DecommissionDevice", leaf("DeviceID", id.dashed()));
  }

  // N1 to the others; schedules end with N5, held requests with N7.
  @Test
  void aDecommissionedMeterLeavesNothingBehind() {
    put(
        DISPLAY,
        DeviceType.PPMID,
        Optional.of(World.HUB),
        SmiStatus.COMMISSIONED,
        MeterPoints.NONE);
    RequestDraft held =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.ESME),
            CommandVariant.NON_CRITICAL_WAN,
            "4.1.1",
            XmlElement.of(
                "ReadInstantaneousImportRegisters",
                leaf("ExecutionDateTime", world.clock.instant().plus(Duration.ofDays(1)))));
    assertThat(world.send(World.SUPPLIER, WebService.SEND_COMMAND, held).code().code())
        .isEqualTo("I99");

    assertThat(code(World.OTHER_SUPPLIER, "8.3", decommission(World.ESME))).isEqualTo("E4");
    assertThat(code(World.SUPPLIER, "8.3", decommission(World.ESME))).isEqualTo("I0");

    assertThat(status(World.ESME)).isEqualTo("DECOMMISSIONED");
    assertThat(alerts(World.NETWORK_OPERATOR))
        .containsExactly(
            "N1 DeviceID="
                + World.ESME.dashed()
                + " ImportMPxN="
                + World.MPAN
                + " DeviceID="
                + DISPLAY.dashed()
                + " DeviceType=PPMID");
    assertThat(alerts(World.SUPPLIER)).hasSize(1).first().asString().startsWith("N7 ");
    assertThat(
            world
                .send(World.SUPPLIER, WebService.SEND_COMMAND, world.readRegisters(World.SUPPLIER))
                .code()
                .code())
        .isEqualTo("E5");
    assertThat(code(World.SUPPLIER, "8.3", decommission(World.ESME))).isEqualTo("E080302");
    assertThat(code(World.SUPPLIER, "8.3", decommission(World.HUB))).isEqualTo("E080301");
    assertThat(code(World.SUPPLIER, "8.3", decommission(FRESH))).isEqualTo("E19");
  }

  // 8.4

  private static XmlElement update(Eui64 id, XmlElement what) {
    return XmlElement.of("UpdateInventory", leaf("DeviceID", id.dashed()), what);
  }

  private static XmlElement detail(String name, String value) {
    return XmlElement.of("UpdateDeviceDetails", leaf(name, value));
  }

  private static XmlElement mpxn(String name, Object value) {
    return XmlElement.of("UpdateMPxN", leaf(name, value));
  }

  // Each of the eleven codes for its cause.
  @Test
  void theInventoryIsCorrectedUnderGuard() {
    send(World.SUPPLIER, "12.2", announcement(FRESH, "ESME", leaf("ESMEVariant", "A")));
    assertThat(
            code(
                World.SUPPLIER,
                "8.4",
                update(World.HUB, leaf("UpdateDeviceStatusExceptCH", "Pending"))))
        .isEqualTo("E080405");
    assertThat(
            code(
                World.SUPPLIER,
                "8.4",
                update(World.ESME, leaf("UpdateDeviceStatusCH", "Commissioned"))))
        .isEqualTo("E080406");
    assertThat(
            code(
                World.SUPPLIER,
                "8.4",
                update(World.ESME, leaf("UpdateDeviceStatusExceptCH", "Pending"))))
        .isEqualTo("E080407");
    assertThat(code(World.SUPPLIER, "8.4", update(FRESH, XmlElement.of("UpdateDeviceDetails"))))
        .isEqualTo("E080408");
    assertThat(code(World.SUPPLIER, "8.4", update(World.HUB, detail("ESMEVariant", "A"))))
        .isEqualTo("E080409");
    assertThat(code(World.SUPPLIER, "8.4", update(World.ESME, detail("FirmwareVersion", "2"))))
        .isEqualTo("E080410");
    assertThat(code(World.SUPPLIER, "8.4", update(World.ESME, XmlElement.of("DeleteDevice"))))
        .isEqualTo("E080411");
    assertThat(code(World.SUPPLIER, "8.4", update(World.ESME, mpxn("ImportMPxN", MPRN))))
        .isEqualTo("E080412");
    assertThat(code(World.SUPPLIER, "8.4", update(World.ESME, mpxn("ImportMPxN", OTHER_MPAN))))
        .isEqualTo("E080413");
    assertThat(code(World.SUPPLIER, "8.4", update(FRESH, mpxn("ImportMPxN", World.MPAN))))
        .isEqualTo("E080414");
    assertThat(code(World.OTHER_SUPPLIER, "8.4", update(FRESH, XmlElement.of("DeleteDevice"))))
        .isEqualTo("E080415");
    assertThat(
            code(World.OTHER_SUPPLIER, "8.4", update(World.ESME, detail("FirmwareVersion", "2"))))
        .isEqualTo("E4");
    assertThat(code(World.SUPPLIER, "8.4", update(DISPLAY, XmlElement.of("DeleteDevice"))))
        .isEqualTo("E19");
    assertThat(status(World.ESME)).isEqualTo("COMMISSIONED");
  }

  @Test
  void theInventoryIsCorrected() {
    send(World.SUPPLIER, "12.2", announcement(FRESH, "ESME", leaf("ESMEVariant", "A")));
    assertThat(code(World.SUPPLIER, "8.4", update(FRESH, detail("FirmwareVersion", "2"))))
        .isEqualTo("I0");
    assertThat(
            code(
                World.SUPPLIER,
                "8.4",
                update(FRESH, leaf("UpdateDeviceStatusExceptCH", "InstalledNotCommissioned"))))
        .isEqualTo("I0");
    assertThat(status(FRESH)).isEqualTo("INSTALLED_NOT_COMMISSIONED");
    assertThat(
            code(
                World.SUPPLIER,
                "8.4",
                update(FRESH, leaf("UpdateDeviceStatusExceptCH", "Pending"))))
        .isEqualTo("I0");
    assertThat(code(World.SUPPLIER, "8.4", update(FRESH, XmlElement.of("DeleteDevice"))))
        .isEqualTo("I0");
    assertThat(status(FRESH)).isEmpty();
    assertThat(world.query("SELECT trigger FROM dsp.device_status ORDER BY number"))
        .containsExactly(
            "PRE_NOTIFIED", "CORRECTED_TO_INSTALLED", "CORRECTED_TO_PENDING", "DELETED");

    // N16: another meter point, told to those registered there.
    register(OTHER_MPAN, UserRole.IS, World.SUPPLIER);
    register(OTHER_MPAN, UserRole.ED, World.NETWORK_OPERATOR);
    assertThat(code(World.SUPPLIER, "8.4", update(World.ESME, mpxn("ImportMPxN", OTHER_MPAN))))
        .isEqualTo("I0");
    assertThat(alerts(World.NETWORK_OPERATOR))
        .containsExactly(
            "N16 DeviceID=" + World.ESME.dashed() + " ImportMPxN=" + OTHER_MPAN + " ESMEVariant=A");
  }

  // 8.6

  private XmlElement optIn(Eui64 id, String type, Object mpxn, int days) {
    String day = world.clock.instant().plus(Duration.ofDays(days)).toString().substring(0, 10);
    return XmlElement.of(
        "ServiceOptIn",
        leaf("DeviceID", id.dashed()),
        leaf("DeviceType", type),
        XmlElement.of("MPxNs", leaf("ImportMPxN", mpxn)),
        leaf("OptInDate", day));
  }

  @Test
  void aWithdrawnMeterComesBack() {
    assertThat(code(World.SUPPLIER, "8.6", optIn(World.ESME, "ESME", World.MPAN, 1)))
        .isEqualTo("E080601");
    world.putMeter(SmiStatus.WITHDRAWN);
    assertThat(code(World.SUPPLIER, "8.6", optIn(World.ESME, "GSME", World.MPAN, 1)))
        .isEqualTo("E080602");
    assertThat(code(World.SUPPLIER, "8.6", optIn(World.ESME, "ESME", OTHER_MPAN, 1)))
        .isEqualTo("E080604");
    assertThat(code(World.SUPPLIER, "8.6", optIn(World.ESME, "ESME", World.MPAN, -1)))
        .isEqualTo("E080606");
    put(
        FRESH,
        DeviceType.ESME,
        Optional.of(World.HUB),
        SmiStatus.COMMISSIONED,
        MeterPoints.importing(World.MPAN));
    assertThat(code(World.SUPPLIER, "8.6", optIn(World.ESME, "ESME", World.MPAN, 1)))
        .isEqualTo("E080607");
    world.execute("DELETE FROM dsp.device WHERE eui = " + FRESH.value());
    Response answer = send(World.SUPPLIER, "8.6", optIn(World.ESME, "ESME", World.MPAN, 1));
    assertThat(answer.code().code()).isEqualTo("I0");
    assertThat(field(inventory(answer), "DSPBrokerSecurityCredentialsKeyAgreement"))
        .startsWith("MI");
    assertThat(status(World.ESME)).isEqualTo("PENDING");
  }

  // 12.1

  @Test
  void coverageIsToldByPostCode() {
    XmlElement place =
        XmlElement.of(
            "RequestWANMatrix",
            XmlElement.of(
                "PartialAddress",
                leaf("PostCode", "M22 0RR"),
                leaf("AddressIdentifier", "Threapwood Road")));
    XmlElement matrix = inventory(send(World.NETWORK_OPERATOR, "12.1", place));
    assertThat(matrix.children("DSPWANMatrixResponse"))
        .extracting(region -> field(region, "CSPRegion"))
        .containsExactly("North", "4G North");
    world
        .dsp()
        .meterPoints()
        .put(World.MPAN, new Property(Optional.of(5L), Optional.of("SW1A 1AA"), Optional.empty()));
    XmlElement byUprn =
        inventory(send(World.SUPPLIER, "12.1", XmlElement.of("RequestWANMatrix", leaf("UPRN", 5))));
    assertThat(field(byUprn.children("DSPWANMatrixResponse").getFirst(), "CSPRegion"))
        .isEqualTo("South");
  }

  @ParameterizedTest
  @CsvSource({"BT1 1AA, E120101", "123456, E120103", "M22 0R, E120103"})
  void placesWithoutAnswerAreToldApart(String postCode, String expected) {
    XmlElement place =
        XmlElement.of(
            "RequestWANMatrix",
            XmlElement.of(
                "PartialAddress", leaf("PostCode", postCode), leaf("AddressIdentifier", "")));
    assertThat(code(World.SUPPLIER, "12.1", place)).isEqualTo(expected);
    assertThat(code(World.SUPPLIER, "12.1", XmlElement.of("RequestWANMatrix", leaf("UPRN", 9))))
        .isEqualTo("E120102");
  }

  // 8.13

  private static XmlElement bring(Octets response) {
    return XmlElement.of(
        "ReturnLocalCommandResponse", leaf("DeviceGBCSResponse", XmlValues.base64(response)));
  }

  @Test
  void aResponseFromAHandHeldTerminalCounts() {
    RequestDraft local =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.ESME),
            CommandVariant.NON_CRITICAL_LOCAL,
            "4.1.1",
            XmlElement.of("ReadInstantaneousImportRegisters"));
    Response answer = world.send(World.SUPPLIER, WebService.NON_DEVICE, local);
    Octets command =
        ((ResponseData.LocalCommand) ((ResponseMessage) answer.body()).data()).gbcsPayload();
    Octets response = World.meterAnswers(command, World.SUPPLIER);
    assertThat(code(World.OTHER_SUPPLIER, "8.13", bring(response))).isEqualTo("E081302");
    assertThat(code(World.SUPPLIER, "8.13", bring(command))).isEqualTo("E081301");
    assertThat(code(World.SUPPLIER, "8.13", bring(Octets.ofHex("DF09")))).isEqualTo("E081301");
    assertThat(code(World.SUPPLIER, "8.13", bring(response))).isEqualTo("I0");
    assertThat(world.query("SELECT state FROM dsp.command")).containsExactly("ANSWERED");
    assertThat(code(World.SUPPLIER, "8.13", bring(response))).isEqualTo("E081302");
  }

  // Install and leave: the meter enters service without the SM WAN (N16), and a forged signature
  // does not bring it there.
  @Test
  void aMeterIsCommissionedByHand() throws DecodeException {
    world.putMeter(SmiStatus.INSTALLED_NOT_COMMISSIONED);
    Octets command = commission(CommandVariant.CRITICAL_LOCAL);
    Octets response = World.meterAnswers(command, World.SUPPLIER);
    byte[] forged = response.toArray();
    forged[forged.length - 1] ^= 1;
    assertThat(code(World.SUPPLIER, "8.13", bring(Octets.of(forged)))).isEqualTo("E081303");
    assertThat(status(World.ESME)).isEqualTo("INSTALLED_NOT_COMMISSIONED");
    assertThat(code(World.SUPPLIER, "8.13", bring(response))).isEqualTo("I0");
    assertThat(status(World.ESME)).isEqualTo("COMMISSIONED");
    assertThat(alerts(World.NETWORK_OPERATOR)).hasSize(1).first().asString().startsWith("N16 ");
  }

  private Octets commission(CommandVariant variant) throws DecodeException {
    MessageId id = world.newRequestId(World.SUPPLIER, World.ESME);
    XmlElement clock =
        XmlElement.of(
            "CommissionDeviceSynchroniseClock",
            leaf("CurrentDateTime", world.clock.instant()),
            leaf("TolerancePeriod", 10));
    Response made =
        world.send(
            World.SUPPLIER,
            WebService.TRANSFORM,
            World.draft(id, CommandVariant.TRANSFORM, "8.1.1", clock));
    Octets preCommand =
        ((ResponseData.PreCommand) ((ResponseMessage) made.body()).data()).gbcsPayload();
    Octets signed =
        MessageProtection.sign(
                (GbcsMessage.PreCommand) GbcsMessage.decode(preCommand),
                World.SUPPLIER.commands().key())
            .encode();
    boolean local = variant == CommandVariant.CRITICAL_LOCAL;
    Response answer =
        world.send(
            World.SUPPLIER,
            local ? WebService.NON_DEVICE : WebService.SEND_COMMAND,
            World.draft(
                id,
                variant,
                "8.1.1",
                XmlElement.of(
                    SignedPreCommand.ELEMENT, leaf("GBCSPayload", XmlValues.base64(signed)))));
    return local
        ? ((ResponseData.LocalCommand) ((ResponseMessage) answer.body()).data()).gbcsPayload()
        : world.wan.last().message();
  }

  @Test
  void aMeterIsCommissionedOverTheWan() throws DecodeException {
    world.putMeter(SmiStatus.INSTALLED_NOT_COMMISSIONED);
    Octets command = commission(CommandVariant.CRITICAL_WAN);
    world.uplink(World.meterAnswers(command, World.SUPPLIER));
    assertThat(status(World.ESME)).isEqualTo("COMMISSIONED");
    assertThat(alerts(World.NETWORK_OPERATOR)).hasSize(1).first().asString().startsWith("N16 ");
    assertThat(
            world.query(
                "SELECT concat_ws(' ', status, trigger, request_counter) FROM dsp.device_status"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("COMMISSIONED METER_COMMISSIONED 1");
  }

  // 8.11

  private Response add(Eui64 hub, Eui64 device) {
    return world.send(
        World.SUPPLIER,
        WebService.SEND_COMMAND,
        World.draft(
            world.newRequestId(World.SUPPLIER, hub),
            CommandVariant.NON_CRITICAL_WAN,
            "8.11",
            XmlElement.of(
                "UpdateHANDeviceLog",
                leaf("DeviceID", device.dashed()),
                leaf("RequestType", "Add"),
                XmlElement.of(
                    "AddDeviceToCHFWhitelist",
                    leaf("JoinTimePeriod", 600),
                    leaf("InstallCode", "0102030405060708")))));
  }

  private void hubAnswers() {
    world.uplink(World.HUB, World.answersBroker(World.HUB_FUNCTION, world.wan.last().message()));
  }

  // N25 where the hub never reports that the device has joined.
  @Test
  void aDeviceThatDoesNotJoinIsToldOf() {
    send(World.SUPPLIER, "12.2", announcement(DISPLAY, "PPMID"));
    assertThat(add(World.HUB, DISPLAY).code().code()).isEqualTo("I99");
    hubAnswers();
    assertThat(status(DISPLAY)).isEqualTo("WHITELISTED");
    world.clock.advance(Duration.ofMinutes(19));
    world.lookAfterDue();
    assertThat(alerts(World.SUPPLIER)).isEmpty();
    world.clock.advance(Duration.ofMinutes(1));
    world.lookAfterDue();
    assertThat(alerts(World.SUPPLIER)).hasSize(1).first().asString().startsWith("N25 ");
    world.lookAfterDue();
    assertThat(alerts(World.SUPPLIER)).hasSize(1);
  }

  // N24 once the hub reports a log in which the device has a link key.
  @Test
  void aDeviceThatJoinsIsToldOf() {
    send(World.SUPPLIER, "12.2", announcement(DISPLAY, "PPMID"));
    assertThat(add(World.HUB, DISPLAY).code().code()).isEqualTo("I99");
    hubAnswers();
    hubReports(1, Octets.EMPTY);
    assertThat(status(DISPLAY)).isEqualTo("WHITELISTED");
    assertThat(alerts(World.SUPPLIER)).isEmpty();
    hubReports(2, Octets.ofHex("0F".repeat(16)));
    assertThat(status(DISPLAY)).isEqualTo("INSTALLED_NOT_COMMISSIONED");
    assertThat(alerts(World.SUPPLIER)).hasSize(1).first().asString().startsWith("N24 ");
    world.clock.advance(Duration.ofDays(1));
    world.lookAfterDue();
    assertThat(alerts(World.SUPPLIER)).hasSize(1);
  }

  /** Alert 8F12: the display in the hub's log, with the hash of its link key. */
  private void hubReports(long counter, Octets hash) {
    DlmsDateTime changed = new DlmsDateTime(Octets.ofHex("07DF0101FF000000008000FF"));
    DlmsAlert alert =
        new DlmsAlert(
            0x8F12,
            changed,
            new HubDeviceLog(
                    changed, Eui64.parse("0000000000000001"), List.of(new HubDevice(DISPLAY, hash)))
                .items());
    world.uplink(
        World.HUB,
        World.HUB_FUNCTION.alert(
            World.BROKER,
            counter,
            0x0018,
            alert.toNotification(new OriginatorCounter(counter)).encode()));
  }
}
