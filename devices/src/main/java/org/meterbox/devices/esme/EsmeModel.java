// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.meterbox.devices.cosem.AccessHandler;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.CosemUseCase;
import org.meterbox.devices.energy.HomeLoad;
import org.meterbox.devices.energy.SupplyHistory;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** What an electricity meter does. */
public final class EsmeModel implements DeviceModel<EsmeState> {
  /** The use cases that this meter supports; everything else is answered with an alert. */
  private static final List<String> USE_CASES =
      List.of("ECS17b", "ECS21a", "ECS42", "ECS43", "ECS44", "ECS45", "ECS52");

  private final Map<MessageCode, Supported<EsmeState>> supported = new HashMap<>();

  /** A meter that measures what its home draws. */
  public EsmeModel() {
    this(HomeMetering::new);
  }

  /** A meter that measures what it is told. */
  public EsmeModel(Function<EsmeState, Metering> metering) {
    CosemObjects<EsmeState> objects = EsmeObjects.with(metering);
    for (String name : USE_CASES) {
      for (UseCase useCase : UseCaseCatalogue.standard().named(name)) {
        AccessHandler<EsmeState> handler = new AccessHandler<>(CosemUseCase.of(useCase), objects);
        supported.put(useCase.code(), new Supported<>(useCase, handler));
      }
    }
  }

  /** A meter as it leaves the factory. */
  public static EsmeState manufactured(EsmeVariant variant, long seed, Instant now) {
    Instant start = now.truncatedTo(ChronoUnit.SECONDS);
    return new EsmeState(
        variant,
        new HomeLoad(seed, start),
        SupplyState.ENABLED,
        SupplyHistory.ALWAYS_ON,
        List.of(FactorySettings.tariff(start)),
        FactorySettings.values());
  }

  @Override
  public Optional<Supported<EsmeState>> supported(MessageCode code) {
    return Optional.ofNullable(supported.get(code));
  }

  @Override
  public boolean alertsUnsupported() {
    return true;
  }

  @Override
  public DlmsDateTime clock(EsmeState function, Instant now) {
    return DlmsDateTime.of(now);
  }

  @Override
  public void write(EsmeState function, OctetWriter image) {
    EsmeImage.write(function, image);
  }

  @Override
  public EsmeState read(OctetReader image) throws DecodeException {
    return EsmeImage.read(image);
  }

  /** What a meter holds when it leaves the factory. */
  private static final class FactorySettings {
    private static final String TARIFF_SCRIPTS = "00000A0064FF";

    /** Rate 1 from 00:30 to 07:30 UTC, rate 2 else, every day. */
    static TariffInForce tariff(Instant now) {
      DlmsValue season =
          DlmsValue.structure(
              DlmsValue.OctetString.ofHex("616C6C"),
              DlmsValue.OctetString.ofHex("FFFF0101FF000000008000FF"),
              DlmsValue.OctetString.ofHex("01"));
      DlmsValue.UInt8 always = new DlmsValue.UInt8(1);
      DlmsValue week =
          DlmsValue.structure(
              DlmsValue.OctetString.ofHex("01"),
              always,
              always,
              always,
              always,
              always,
              always,
              always);
      DlmsValue day =
          DlmsValue.structure(
              always,
              DlmsValue.array(action("00000000", 2), action("001E0000", 1), action("071E0000", 2)));
      return new TariffInForce(
          now,
          DlmsValue.array(season),
          DlmsValue.array(week),
          DlmsValue.array(day),
          DlmsValue.array());
    }

    private static DlmsValue action(String time, int rate) {
      return DlmsValue.structure(
          DlmsValue.OctetString.ofHex(time),
          DlmsValue.OctetString.ofHex(TARIFF_SCRIPTS),
          new DlmsValue.UInt16(rate));
    }

    static Map<CosemAttribute, DlmsValue> values() {
      return Map.of(
          EsmeObjects.FIRMWARE_VERSION, new DlmsValue.OctetString(Octets.ofHex("01000000")));
    }
  }
}
