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
import org.meterbox.devices.machine.CosemAlerts;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/** What an electricity meter does. */
public final class EsmeModel implements DeviceModel<EsmeState> {
  /**
   * The use cases that this meter supports: what it measures and logs, how it is configured, what
   * it does. Every other authentic command is answered with an alert.
   */
  private static final String USE_CASES =
      """
      ECS17a ECS17b ECS17c ECS17d ECS17e ECS18a ECS18b ECS19 ECS20a ECS20c ECS20d ECS21a ECS21b
      ECS21c ECS22a ECS22b ECS22c ECS23 ECS35a ECS35b ECS35e ECS66 ECS82
      ECS24 ECS24b ECS25r1 ECS25r2 ECS26a ECS26b ECS26c ECS26f ECS26j ECS26l ECS26m ECS27 ECS40
      ECS45 ECS52
      ECS10 ECS12 ECS14 ECS15a ECS16 ECS25a ECS25a1 ECS25a2 ECS25a3 ECS25b ECS25b3 ECS28b ECS29a
      ECS29c ECS29e ECS30a ECS34 ECS37 ECS38 ECS39a ECS39b ECS42 ECS43 ECS44 ECS48 ECS50 ECS57
      ECS70 ECS81
      """;

  private final Map<MessageCode, Supported<EsmeState>> supported = new HashMap<>();

  /** A meter that measures what its home draws. */
  public EsmeModel() {
    this(HomeMetering::new);
  }

  /** A meter that measures what it is told. */
  public EsmeModel(Function<EsmeState, Metering> metering) {
    CosemObjects<EsmeState> objects = EsmeObjects.with(metering);
    for (String name : USE_CASES.strip().split("\\s+", -1)) {
      List<UseCase> named = UseCaseCatalogue.standard().named(name);
      if (named.isEmpty()) {
        throw new IllegalStateException("the catalogue knows no use case " + name);
      }
      for (UseCase useCase : named) {
        supported.put(
            useCase.code(),
            new Supported<>(useCase, new AccessHandler<>(CosemUseCase.of(useCase), objects)));
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
        ClockState.NEVER_SET,
        List.of(FactorySettings.tariff(start)),
        FactorySettings.values(variant));
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
  public RemotePartyRole securityAlertsTo() {
    return RemotePartyRole.SUPPLIER;
  }

  @Override
  public Octets plainAlert(int code, Instant at, OriginatorCounter counter) {
    return CosemAlerts.plain(code, at, counter);
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
}
