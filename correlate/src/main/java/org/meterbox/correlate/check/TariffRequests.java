// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.List;
import org.meterbox.correlate.expectation.Expectation;
import org.meterbox.duis.xml.ElementException;

/** Requests about tariff and price that an electricity or a gas meter may get: 1.1.1, 1.2.1. */
final class TariffRequests {
  private TariffRequests() {}

  static List<Expectation> tariff(OriginalRequest request) throws ElementException {
    return request.body().has("ElecTariffElements")
        ? List.of(ElectricityTariff.primary(request))
        : GasTariff.tariff(request);
  }

  static List<Expectation> price(OriginalRequest request) throws ElementException {
    return request.body().child("PriceElements").has("ElectricityPriceElements")
        ? List.of(ElectricityTariff.primaryPrice(request))
        : List.of(GasTariff.price(request));
  }
}
