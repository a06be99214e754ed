// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meterbox.gbcs.catalogue.CosemCatalogue.MemberKind;
import org.meterbox.gbcs.catalogue.Layout.Meaning;
import org.meterbox.gbcs.catalogue.Layout.Notation;
import org.meterbox.gbcs.catalogue.UseCase.Access;
import org.meterbox.gbcs.catalogue.UseCase.Basis;
import org.meterbox.gbcs.catalogue.UseCase.Delivery;
import org.meterbox.gbcs.catalogue.UseCase.Kind;
import org.meterbox.gbcs.catalogue.UseCase.Weight;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.RemotePartyRole;

class CatalogueTest {
  private static final UseCaseCatalogue USE_CASES = UseCaseCatalogue.standard();
  private static final CosemCatalogue OBJECTS = CosemCatalogue.standard();

  @Test
  void aCriticalCommandOfASupplierIsDescribedInFull() {
    UseCase tariff = USE_CASES.find(new MessageCode(0x19)).orElseThrow();

    assertThat(tariff.name()).isEqualTo("ECS01a");
    assertThat(tariff.weight()).isEqualTo(Weight.CRITICAL);
    assertThat(tariff.kind()).isEqualTo(Kind.COMMAND);
    assertThat(tariff.devices()).containsExactly(Equipment.ESME);
    assertThat(tariff.roles().roles()).containsExactly(RemotePartyRole.SUPPLIER);
    assertThat(tariff.roles().basis()).isEqualTo(Basis.STATED);
    assertThat(tariff.replayProtection().holds()).isTrue();
    assertThat(tariff.futureDating().holds()).isTrue();
    assertThat(tariff.responseTime().holds()).isTrue();
    assertThat(tariff.encryption().holds()).isFalse();
    assertThat(tariff.objects()).hasSize(21);
    assertThat(tariff.objects().getFirst().target())
        .isEqualTo(CosemAttribute.of(20, "0-0:13.0.0.255", 7));
  }

  @Test
  void aProtectedReadNamesBothTheProtectionObjectAndWhatItProtects() {
    assertThat(USE_CASES.named("ECS17b").getFirst().objects())
        .extracting(UseCase.ObjectUse::access)
        .containsExactly(Access.ACTION, Access.PROTECTED);
  }

  /** The other side of the same decision is in the envelope: both must know the same codes. */
  @Test
  void theCommandsThatReachADeviceWithASignatureAloneAreThoseOfTheEnvelope() {
    for (UseCase useCase : USE_CASES.all()) {
      boolean direct =
          useCase.delivery() == Delivery.DIRECT || useCase.delivery() == Delivery.EITHER;
      assertThat(useCase.code().mayGoWithoutBrokerMac()).as(useCase.toString()).isEqualTo(direct);
    }
  }

  @Test
  void anUnknownCodeIsNotInTheCatalogue() {
    assertThat(USE_CASES.find(new MessageCode(0x7777))).isEmpty();
    assertThat(AlertCatalogue.standard().find(0x0001)).isEmpty();
  }

  /** A dump without names would be of no use: no object of a use case may lack one. */
  @Test
  void everyObjectOfEveryUseCaseHasANameAndALayout() {
    for (UseCase useCase : USE_CASES.all()) {
      for (UseCase.ObjectUse use : useCase.objects()) {
        MemberKind kind = use.access() == Access.ACTION ? MemberKind.METHOD : MemberKind.ATTRIBUTE;
        assertThat(OBJECTS.find(use.target(), kind).map(CosemCatalogue.Name::member))
            .as("%s of %s", use.target(), useCase)
            .hasValueSatisfying(member -> assertThat(member).doesNotContain("attribute "));
      }
    }
  }

  @Test
  void anObjectSaysMoreThanItsClass() {
    assertThat(name(1, "0-0:0.2.1.255", 2)).isEqualTo("FirmwareVersion value");
    assertThat(name(9000, "0-0:94.44.128.9", 6)).isEqualTo("LowCreditThreshold activation-time");
    assertThat(OBJECTS.find(CosemAttribute.of(1, "9-9:9.9.9.9", 2), MemberKind.ATTRIBUTE))
        .isEmpty();
  }

  @Test
  void anAlertCodeHasATitle() {
    assertThat(AlertCatalogue.standard().find(0x8F36).orElseThrow().hasContent()).isTrue();
    assertThat(AlertCatalogue.standard().find(0x8010).orElseThrow().title())
        .isEqualTo("Over Current");
    assertThat(AlertCatalogue.standard().all()).hasSize(190);
  }

  @Test
  void aLayoutDescribesNestedValues() {
    Layout layout = Layout.parse("buffer [{time:log-time, reading:Wh, second?:Wh, rest[:W]}]");

    assertThat(layout.name()).isEqualTo("buffer");
    assertThat(layout.element().parts(4))
        .extracting(Layout::name)
        .containsExactly("time", "reading", "second", "rest");
    assertThat(layout.element().parts(3))
        .extracting(Layout::name)
        .containsExactly("time", "reading", "rest");
    assertThat(layout.element().parts(2)).containsExactly(Layout.UNKNOWN, Layout.UNKNOWN);
    assertThat(layout.element().parts(4).getFirst().meaning())
        .isEqualTo(new Meaning.In(Notation.LOG_TIME));
    assertThat(layout.element().parts(4).get(3).element().meaning())
        .isEqualTo(new Meaning.Measured("W"));
    assertThat(Layout.parse("x:enum(0=off/1=on)").meaning())
        .isEqualTo(new Meaning.OneOf(Map.of(0L, "off", 1L, "on")));
  }

  @Test
  void aLayoutThatDoesNotCloseIsRefused() {
    for (String broken : new String[] {"a{b", "a[b", "a]", "a:enum(1=b", "a}{"}) {
      assertThatThrownBy(() -> Layout.parse(broken)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String name(int classId, String object, int member) {
    return OBJECTS
        .find(CosemAttribute.of(classId, object, member), MemberKind.ATTRIBUTE)
        .orElseThrow()
        .toString();
  }
}
