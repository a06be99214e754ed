// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.gbcs.ReferenceMessages.Reference;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.decode.KeyRing;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * Every GBZ payload of the reference messages comes back to the octet, every command in it has a
 * name, and every encrypted component, once opened, is sealed again to the same block.
 */
class GbzPayloadsTest {
  private final KeyRing keys = ReferenceMessages.keys();
  private final Map<String, Integer> commands = new TreeMap<>();
  private int components;
  private int opened;

  @Test
  void everyPayloadComesBackToTheOctet() throws DecodeException, VerificationException {
    int payloads = 0;
    for (Reference reference : ReferenceMessages.all()) {
      GbcsMessage message = GbcsMessage.decode(reference.octets());
      if (isGbz(message.content().payload())) {
        payloads++;
        assertThat(encodedAgain(message))
            .as(reference.file())
            .isEqualTo(message.content().payload());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "GBZ: %d payloads identical, %d components, %d of them opened and sealed again,"
            + " %d kinds of command%n",
        payloads,
        components,
        opened,
        commands.size());
    assertThat(payloads).isPositive();
    assertThat(opened).isPositive();
  }

  private Octets encodedAgain(GbcsMessage message) throws DecodeException, VerificationException {
    GroupingHeader header = message.header();
    Octets payload = message.content().payload();
    if (header.craFlag() == CraFlag.ALERT) {
      GbzAlert alert = GbzAlert.decode(payload, header.messageCode());
      if (alert.content() instanceof GbzAlert.BillingData(Component snapshot)) {
        check(header, List.of(snapshot));
      }
      assertThat(alert.content()).isNotInstanceOf(GbzAlert.Unrecognised.class);
      return alert.encode();
    }
    GbzMessage gbz = GbzMessage.decode(payload);
    check(header, gbz.components());
    return gbz.encode();
  }

  private void check(GroupingHeader header, List<Component> all)
      throws DecodeException, VerificationException {
    for (Component component : all) {
      components++;
      switch (component) {
        case Component.Plain plain -> check(plain.frame());
        case Component.Encrypted encrypted -> {
          DerivedKey key = MessageProtection.encryptionKey(header, secret(header));
          ZclFrame frame = encrypted.open(key);
          check(frame);
          opened++;
          assertThat(
                  Component.Encrypted.seal(
                      frame, encrypted.fromDateTime(), encrypted.frameCounter(), key))
              .isEqualTo(encrypted);
        }
      }
    }
  }

  private void check(ZclFrame frame) {
    commands.merge(frame.cluster().name() + " " + frame.name(), 1, Integer::sum);
    assertThat(frame.payload()).isNotInstanceOf(ZclPayload.Unrecognised.class);
    assertThat(frame.name()).doesNotStartWith("command");
    if (frame.payload() instanceof ZclPayload.AttributeReadings readings) {
      readings.readings().forEach(reading -> checkType(frame, reading));
    }
  }

  /** A device answers with the type that the table prescribes. */
  private static void checkType(ZclFrame frame, ZclPayload.Reading reading) {
    reading
        .value()
        .ifPresent(value ->
            assertThat(reading.attribute().prescribedType().orElseThrow().code())
                .as("%s in %s", reading.attribute(), frame.name())
                .isEqualTo(value.typeCode()));
  }

  private SharedSecret secret(GroupingHeader header) {
    Eui64 reader =
        switch (header.otherInformation()) {
          case OtherInformation.CodeOnly ignored -> header.messageId().target();
          case OtherInformation.SupplementaryParty s -> s.party();
          case OtherInformation.OnBehalfOf o -> o.party();
          case OtherInformation.EncryptedFor e -> e.party();
          case OtherInformation.WithAgreementCertificate c -> c.party();
        };
    return keys.secret(header.messageId().originator(), reader).orElseThrow();
  }

  private static boolean isGbz(Octets payload) {
    return payload.length() > 2 && payload.at(0) == 0x01 && payload.at(1) == 0x09;
  }
}
