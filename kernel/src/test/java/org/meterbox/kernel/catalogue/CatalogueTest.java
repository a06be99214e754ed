// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;

/** The tables load whole, and a few rows of every kind say what DUIS 5.4 lays down. */
class CatalogueTest {
  private static final ServiceRequestCatalogue CATALOGUE = ServiceRequestCatalogue.current();

  @Test
  void listsAreComplete() {
    assertThat(CATALOGUE.entries()).hasSize(129);
    assertThat(ResponseCode.all()).hasSize(194);
    assertThat(DccAlertCode.all()).hasSize(66);
  }

  @Test
  void readOfImportRegistersIsNonCriticalSensitiveAndHeldByTheDsp() {
    ServiceRequestEntry entry = entry("4.1.1");

    assertThat(entry.requestElement()).isEqualTo("ReadInstantaneousImportRegisters");
    assertThat(entry.serviceReference()).isEqualTo("4.1");
    assertThat(entry.critical()).isFalse();
    assertThat(entry.nonDevice()).isFalse();
    assertThat(entry.returnsSensitiveData()).isTrue();
    assertThat(entry.futureDating()).isEqualTo(FutureDating.DSP);
    assertThat(entry.eligibleRoles())
        .containsExactlyInAnyOrder(UserRole.IS, UserRole.GS, UserRole.ED, UserRole.GT);
    assertThat(entry.targets())
        .containsExactlyInAnyOrder(DeviceType.ESME, DeviceType.GSME, DeviceType.GPF);
    assertThat(entry.messageCodes()).containsExactlyInAnyOrder(0x0027, 0x0074);
    assertThat(CATALOGUE.findByRequestElement("ReadInstantaneousImportRegisters")).contains(entry);
  }

  @Test
  void natureDecidesTheCommandVariants() {
    assertThat(CATALOGUE.entries())
        .allSatisfy(entry ->
            assertThat(entry.commandVariants())
                .as(entry.variant().value())
                .isEqualTo(
                    switch (entry.nature()) {
                      case CRITICAL ->
                          Set.of(
                              CommandVariant.TRANSFORM,
                              CommandVariant.CRITICAL_WAN,
                              CommandVariant.CRITICAL_LOCAL,
                              CommandVariant.CRITICAL_BOTH);
                      case NON_CRITICAL ->
                          Set.of(
                              CommandVariant.NON_CRITICAL_WAN,
                              CommandVariant.NON_CRITICAL_LOCAL,
                              CommandVariant.NON_CRITICAL_BOTH);
                      case NON_DEVICE -> Set.of(CommandVariant.NON_DEVICE);
                    }));
  }

  @Test
  void onlyNonDeviceRequestsHaveNoTargetAndNoUseCase() {
    assertThat(CATALOGUE.entries())
        .allSatisfy(entry -> {
          assertThat(entry.targets().isEmpty()).isEqualTo(entry.nonDevice());
          assertThat(entry.useCases().isEmpty()).isEqualTo(entry.nonDevice());
          assertThat(entry.messageCodes().isEmpty()).isEqualTo(entry.nonDevice());
          assertThat(entry.eligibleRoles()).isNotEmpty();
        });
  }

  @Test
  void unknownVariantIsNotFound() {
    assertThat(CATALOGUE.find(new ServiceReferenceVariant("4.7"))).isEmpty();
    assertThat(CATALOGUE.findByRequestElement("SignedPreCommand")).isEmpty();
  }

  @Test
  void responseCodeNamesItsServiceOnlyWhereItsPatternDoes() {
    assertThat(ResponseCode.find("E050101").orElseThrow().serviceReference()).contains("5.1");
    assertThat(ResponseCode.find("W110401").orElseThrow().serviceReference()).contains("11.4");
    assertThat(ResponseCode.find("E1000").orElseThrow().serviceReference()).isEmpty();
    assertThat(ResponseCode.I99.serviceReference()).isEmpty();
  }

  @Test
  void responseCodeTellsKindAndHowWellItIsKnown() {
    assertThat(ResponseCode.I0.kind()).isEqualTo(ResponseCode.Kind.INFORMATION);
    assertThat(ResponseCode.E4.kind()).isEqualTo(ResponseCode.Kind.ERROR);
    assertThat(ResponseCode.find("W050201").orElseThrow().kind())
        .isEqualTo(ResponseCode.Kind.WARNING);
    assertThat(ResponseCode.all())
        .allSatisfy(
            code -> assertThat(code.meaning().isEmpty()).isEqualTo(code.basis() == Basis.UNKNOWN));
    assertThat(ResponseCode.find("E6")).isEmpty();
  }

  @Test
  void withdrawnAlertIsNotListed() {
    assertThat(DccAlertCode.find("N32")).isEmpty();
    assertThat(DccAlertCode.N12.payloadElement()).contains("CommandFailure");
  }

  private static ServiceRequestEntry entry(String variant) {
    return CATALOGUE.find(new ServiceReferenceVariant(variant)).orElseThrow();
  }
}
