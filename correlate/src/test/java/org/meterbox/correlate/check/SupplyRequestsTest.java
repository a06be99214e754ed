// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Correlation.Match;
import org.meterbox.correlate.Correlation.Mismatch;
import org.meterbox.correlate.Correlation.Unusable;
import org.meterbox.correlate.Difference;
import org.meterbox.correlate.keys.KnownKeys;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

class SupplyRequestsTest {
  private static final PreCommandCheck CHECK =
      new PreCommandCheck(
          new UserKnowledge(SenderTimes.any(), DeviceTypes.unknown(), new KnownKeys()));
  private static final String ID = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:4886718345";
  // Header of a supplier's command to a meter with counter 0x123456789; use case and script follow.
  private static final String HEADER =
      "DF0901000000012345678908" + "90B3D51F30010000" + "08" + "00DB1234567890A0" + "0002";
  private static final String DISABLE =
      HEADER + "0050" + "15" + "D92045678900" + "0103000900000A006AFF01" + "01120034";

  @ParameterizedTest
  @CsvSource({"7.1,EnableSupply,004F,33", "7.2,DisableSupply,0050,34", "7.3,ArmSupply,0051,36"})
  void matchesThePreCommandOfEachRequest(
      String service, String element, String useCase, String script) {
    String preCommand = HEADER + useCase + "15D920456789000103000900000A006AFF01011200" + script;
    assertThat(check(request(service, element), preCommand)).isInstanceOf(Match.class);
    // An empty signature field says the same as none.
    assertThat(check(request(service, element), preCommand + "00")).isInstanceOf(Match.class);
  }

  @Test
  void refusesEveryChangeOfEveryOctet() {
    byte[] octets = Octets.ofHex(DISABLE).toArray();
    int refused = 0;
    for (int i = 0; i < octets.length; i++) {
      byte original = octets[i];
      for (int value = 0; value < 256; value++) {
        octets[i] = (byte) value;
        Correlation result = CHECK.check(request("7.2", "DisableSupply"), Octets.of(octets));
        refused += result instanceof Match ? 0 : 1;
      }
      octets[i] = original;
    }
    assertThat(refused).isEqualTo(octets.length * 255);
  }

  @Test
  void refusesEveryMissingAndEveryAddedOctet() {
    Octets octets = Octets.ofHex(DISABLE);
    for (int i = 0; i < octets.length(); i++) {
      Octets without = octets.slice(0, i).concat(octets.slice(i + 1, octets.length()));
      Octets with =
          octets.slice(0, i).concat(Octets.ofHex("00")).concat(octets.slice(i, octets.length()));
      assertThat(CHECK.check(request("7.2", "DisableSupply"), without))
          .as("without octet %d", i)
          .isNotInstanceOf(Match.class);
      assertThat(CHECK.check(request("7.2", "DisableSupply"), with))
          .as("with 00 before octet %d", i)
          .isNotInstanceOf(Match.class);
    }
  }

  @Test
  void namesWhatDiffersInTheWordsOfTheRequest() {
    String tampered =
        DISABLE.replace("01120034", "01120033").replace("00DB1234567890A0", "00DB1234567890A1");
    assertThat(check(request("7.2", "DisableSupply"), tampered))
        .isEqualTo(
            new Mismatch(
                List.of(
                    new Difference(
                        "the target device", "00-DB-12-34-56-78-90-A0", "00-DB-12-34-56-78-90-A1"),
                    new Difference("DisableSupply", "120034", "120033"))));
  }

  @Test
  void refusesAnotherUseCase() {
    assertThat(check(request("7.1", "EnableSupply"), DISABLE))
        .isEqualTo(new Mismatch(List.of(new Difference("the use case", "004F", "0050"))));
  }

  @Test
  void refusesASupplementaryParty() {
    String behind =
        DISABLE.replace("00020050", "00120050" + "1111111111111111" + "0000000000000001");
    assertThat(check(request("7.2", "DisableSupply"), behind)).isInstanceOf(Mismatch.class);
  }

  @Test
  void saysWhyTheyCannotBeCompared() {
    assertThat(check(request("7.2", "DisableSupply"), "DF09")).isInstanceOf(Unusable.class);
    assertThat(check(request("7.2", "DisableSupply"), DISABLE + "40" + "00".repeat(64)))
        .isEqualTo(new Unusable("the octets are no Pre-Command: it is signed already"));
    assertThat(check(request("7.2", "EnableSupply"), DISABLE)).isInstanceOf(Unusable.class);
    assertThat(check(request("7.4", "ReadSupplyStatus"), DISABLE)).isInstanceOf(Unusable.class);
  }

  private static Correlation check(OriginalRequest request, String preCommand) {
    return CHECK.check(request, Octets.ofHex(preCommand));
  }

  private static OriginalRequest request(String service, String element) {
    ServiceReferenceVariant variant = new ServiceReferenceVariant(service);
    return new OriginalRequest(
        MessageId.parse(ID),
        CommandVariant.TRANSFORM,
        variant.serviceReference(),
        variant,
        XmlElement.of(element));
  }
}
