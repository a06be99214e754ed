// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.coverage.RegionCoverage;
import org.meterbox.dsp.coverage.WanCoverage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.catalogue.ResponseCode;

/** 12.1 Request WAN Matrix: is there SM WAN at the premises, and what does a hub need there? */
final class WanMatrix {
  private WanMatrix() {}

  static EstateDecision decide(EstateFacts facts, XmlElement body) throws ElementException {
    if (!facts.coverage().placeKnown()) {
      return EstateDecision.refused(
          EstateCode.UPRN_UNKNOWN, "no meter point has this Unique Property Reference Number");
    }
    if (body.has("PartialAddress")
        && !WanCoverage.isPostCode(body.child("PartialAddress").text("PostCode"))) {
      return EstateDecision.refused(
          EstateCode.POST_CODE_MALFORMED, "the post code is not written like one");
    }
    List<RegionCoverage> regions = facts.coverage().regions();
    if (regions.isEmpty()) {
      return EstateDecision.refused(
          EstateCode.POST_CODE_UNKNOWN, "no communications service provider serves the post code");
    }
    XmlElement matrix =
        XmlElement.builder(DuisNames.DUIS, "DSPWANMatrix")
            .child(XmlElement.of("Request", body.children()))
            .children(regions.stream().map(WanMatrix::response).toList())
            .build();
    return new EstateDecision.Done(ResponseCode.I0, new ResponseData.DspResult(matrix), List.of());
  }

  private static XmlElement response(RegionCoverage region) {
    return XmlElement.builder(DuisNames.DUIS, "DSPWANMatrixResponse")
        .leaf("CSPRegion", region.region())
        .leaf("CSPRegionResponseCode", ResponseCode.I0.code())
        .leaf("CoverageAvailability", Boolean.toString(region.available()))
        .leaf("WANTechnology", region.technology())
        .leaf("ConnectivityLikelihood", region.likelihood())
        .child(leaf("AuxiliaryEquipmentRequired", region.equipment()))
        .build();
  }

  private static Optional<XmlElement> leaf(String name, Optional<String> text) {
    return text.map(value -> XmlElement.leaf(name, value));
  }
}
