// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.dsp.DataSystems;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.UserRole;

/** Tells the DSP of the participants, the first home and who is responsible for it. */
final class World {
  private static final String DUIS_VERSION = "5.4";

  /** The meter point of what the home generates. */
  private static final Mpxn EXPORT_MPAN = new Mpxn("1234567890124");

  private final DataSystems dsp;
  private final InstantSource clock;
  private final EsmeVariant meter;

  World(DataSystems dsp, InstantSource clock, EsmeVariant meter) {
    this.dsp = dsp;
    this.clock = clock;
    this.meter = meter;
  }

  /** Makes it known; what is known already stays as it is, save the users' addresses. */
  void settle(Map<Participant, URI> receivers) {
    for (Participant participant : Participant.ALL) {
      dsp.users().put(user(participant, Optional.ofNullable(receivers.get(participant))));
    }
    if (dsp.inventory().find(Home.FIRST.hub()).isEmpty()) {
      install(Home.FIRST);
    }
    // Data of a version whose home had no gas meter know the hub already.
    if (dsp.inventory().find(Home.FIRST.gasMeter()).isEmpty()) {
      installGas(Home.FIRST);
    }
  }

  private static DccUser user(Participant participant, Optional<URI> receiver) {
    return new DccUser(
        participant.id(),
        participant.title(),
        UserStatus.ACTIVE,
        participant.roles(),
        Set.of(),
        receiver,
        DUIS_VERSION);
  }

  private void install(Home home) {
    put(home.hub(), DeviceType.CHF, home, Optional.empty(), MeterPoints.NONE, hubCells());
    put(
        home.electricityMeter(),
        DeviceType.ESME,
        home,
        Optional.of(
            switch (meter) {
              case SINGLE_ELEMENT -> "A";
              case TWIN_ELEMENT -> "B";
              case POLYPHASE -> "C";
            }),
        new MeterPoints(Optional.of(home.importMpan()), Optional.empty(), Optional.of(EXPORT_MPAN)),
        electricityCells());
    register(home.importMpan(), UserRole.IS, Participant.SUPPLIER_1);
    register(home.importMpan(), UserRole.ED, Participant.NETWORK_OPERATOR);
    register(EXPORT_MPAN, UserRole.ES, Participant.SUPPLIER_1);
  }

  private void installGas(Home home) {
    MeterPoints gas = MeterPoints.importing(home.mprn());
    put(home.gasProxy(), DeviceType.GPF, home, Optional.empty(), gas, meterCells());
    put(home.gasMeter(), DeviceType.GSME, home, Optional.empty(), gas, meterCells());
    register(home.mprn(), UserRole.GS, Participant.SUPPLIER_1);
    register(home.mprn(), UserRole.GT, Participant.NETWORK_OPERATOR);
  }

  private static Map<RemotePartyRole, Eui64> hubCells() {
    Map<RemotePartyRole, Eui64> cells = new EnumMap<>(RemotePartyRole.class);
    cells.put(RemotePartyRole.ACCESS_CONTROL_BROKER, CentralParties.ACCESS_CONTROL_BROKER);
    return cells;
  }

  private static Map<RemotePartyRole, Eui64> meterCells() {
    Map<RemotePartyRole, Eui64> cells = hubCells();
    cells.put(RemotePartyRole.SUPPLIER, Participant.SUPPLIER_1.id());
    cells.put(RemotePartyRole.NETWORK_OPERATOR, Participant.NETWORK_OPERATOR.id());
    return cells;
  }

  private static Map<RemotePartyRole, Eui64> electricityCells() {
    Map<RemotePartyRole, Eui64> cells = meterCells();
    cells.put(RemotePartyRole.LOAD_CONTROLLER, Participant.LOAD_CONTROLLER.id());
    return cells;
  }

  private void put(
      Eui64 id,
      DeviceType type,
      Home home,
      Optional<String> esmeVariant,
      MeterPoints points,
      Map<RemotePartyRole, Eui64> cells) {
    boolean isMeter = type == DeviceType.ESME || type == DeviceType.GSME;
    String specification = isMeter ? "SMETS2 V5.4" : "CHTS V1.4";
    DeviceModel model =
        new DeviceModel(
            "106C",
            "433100AC",
            Optional.of(specification),
            Optional.of("01000000"),
            Optional.of("4.2"),
            esmeVariant);
    dsp.inventory()
        .put(
            new Device(
                id,
                type,
                Optional.of(home.hub()),
                Optional.of(SmiStatus.COMMISSIONED),
                model,
                points,
                cells));
  }

  private void register(Mpxn meterPoint, UserRole role, Participant party) {
    dsp.registrations()
        .put(
            new Registration(
                meterPoint,
                role,
                party.id(),
                clock.instant().minus(Duration.ofDays(365)),
                Optional.empty()));
  }
}
