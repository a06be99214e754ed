// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterbox.devices.gbz.GbzHandler;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.machine.DeviceModel.Handler;
import org.meterbox.devices.machine.DeviceModel.Supported;
import org.meterbox.gbcs.catalogue.Equipment;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.MessageCode;

/**
 * Gathers what a device answers, by message code. Only what the catalogue says of the device, and
 * nothing twice.
 */
final class SupportedUseCases<F> {
  private final Equipment device;
  private final Map<MessageCode, Supported<F>> byCode = new HashMap<>();

  SupportedUseCases(Equipment device) {
    this.device = device;
  }

  void addGbz(Map<String, GbzUseCase<F>> useCases) {
    useCases.forEach((name, useCase) -> add(name, new GbzHandler<>(useCase)));
  }

  void addAll(Map<String, ? extends Handler<F>> handlers) {
    handlers.forEach(this::add);
  }

  private void add(String name, Handler<F> handler) {
    for (UseCase useCase : named(name)) {
      if (!useCase.devices().contains(device)) {
        throw new IllegalStateException(useCase + " is not for a " + device);
      }
      put(useCase, handler);
    }
  }

  /** Use cases that devices of several kinds share: those that are this one's. */
  void addShared(Map<String, ? extends Handler<F>> handlers) {
    handlers.forEach((name, handler) ->
        named(name).stream()
            .filter(useCase -> useCase.devices().contains(device))
            .forEach(useCase -> put(useCase, handler)));
  }

  private void put(UseCase useCase, Handler<F> handler) {
    if (byCode.put(useCase.code(), new Supported<>(useCase, handler)) != null) {
      throw new IllegalStateException("two functions answer " + useCase);
    }
  }

  private static List<UseCase> named(String name) {
    List<UseCase> named = UseCaseCatalogue.standard().named(name);
    if (named.isEmpty()) {
      throw new IllegalStateException("the catalogue knows no use case " + name);
    }
    return named;
  }

  Map<MessageCode, Supported<F>> byCode() {
    return Map.copyOf(byCode);
  }
}
