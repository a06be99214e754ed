// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.hub;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.cosem.AccessHandler;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.CosemUseCase;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.machine.CosemAlerts;
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
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What the communications hub function does. What it does not support it refuses in silence: only
 * electricity meters and controllers alert (ECS100).
 */
public final class HubFunctionModel implements DeviceModel<HubFunctionState> {
  private static final CosemAttribute FIRMWARE_VERSION = CosemAttribute.of(1, "0-0:0.2.1.255", 2);
  private static final int IMAGE_VERSION = 1;

  private final Map<MessageCode, Supported<HubFunctionState>> supported = new HashMap<>();

  private HubFunctionModel(List<String> useCases) {
    CosemObjects<HubFunctionState> objects =
        new CosemObjects<HubFunctionState>()
            .reads(
                FIRMWARE_VERSION, StoredValues.reader(FIRMWARE_VERSION, HubFunctionState::values));
    for (String name : useCases) {
      for (UseCase useCase : UseCaseCatalogue.standard().named(name)) {
        supported.put(
            useCase.code(),
            new Supported<>(useCase, new AccessHandler<>(CosemUseCase.of(useCase), objects)));
      }
    }
  }

  /** The communications hub function. */
  public static HubFunctionModel communicationsHubFunction() {
    return new HubFunctionModel(List.of("ECS52"));
  }

  /** A function as it leaves the factory. */
  public static HubFunctionState manufactured() {
    return new HubFunctionState(Map.of(FIRMWARE_VERSION, DlmsValue.OctetString.ofHex("01000000")));
  }

  @Override
  public Optional<Supported<HubFunctionState>> supported(MessageCode code) {
    return Optional.ofNullable(supported.get(code));
  }

  @Override
  public boolean alertsUnsupported() {
    return false;
  }

  @Override
  public RemotePartyRole securityAlertsTo() {
    return RemotePartyRole.ACCESS_CONTROL_BROKER;
  }

  @Override
  public Octets plainAlert(int code, Instant at, OriginatorCounter counter) {
    return CosemAlerts.plain(code, at, counter);
  }

  @Override
  public DlmsDateTime clock(HubFunctionState function, Instant now) {
    return DlmsDateTime.of(now);
  }

  @Override
  public void write(HubFunctionState function, OctetWriter image) {
    image.u8(IMAGE_VERSION);
    StoredValues.write(function.values(), image);
  }

  @Override
  public HubFunctionState read(OctetReader image) throws DecodeException {
    image.expect(IMAGE_VERSION, "the version of the hub function's image");
    return new HubFunctionState(StoredValues.read(image));
  }
}
