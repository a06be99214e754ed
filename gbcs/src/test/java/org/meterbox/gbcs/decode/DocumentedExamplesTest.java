// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.decode.Verification.Verdict;
import org.meterbox.gbcs.dlms.DlmsCodec;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.TokenValue;
import org.meterbox.gbcs.utrn.Utrn;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** The examples of docs/gbcs.md hold: whoever follows them by hand must come to the same octets. */
class DocumentedExamplesTest {
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 BROKER = Eui64.parse("90B3000000000002");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");

  private static final Pattern MESSAGE = Pattern.compile("(?s)```hex (\\S+)\n(.*?)```");
  private static final Pattern TOKEN = Pattern.compile("```utrn\n(\\d+)\n");
  private static final Pattern KEY =
      Pattern.compile(
          "(\\w+ (?:agreement|signing)) +([0-9A-F]{64})\n +([0-9A-F]{64}) ([0-9A-F]{64})");

  private final Map<String, Octets> messages = new HashMap<>();
  private final Map<String, SoftwareAgreementKey> keys = new HashMap<>();
  private String page = "";

  @BeforeEach
  void readPage() throws IOException {
    page = Files.readString(Path.of("..", "docs", "gbcs.md"));
    Matcher message = MESSAGE.matcher(page);
    while (message.find()) {
      messages.put(message.group(1), Octets.ofHex(message.group(2)));
    }
    Matcher key = KEY.matcher(page);
    while (key.find()) {
      ECPublicKey publicKey = P256.publicKey(number(key.group(3)), number(key.group(4)));
      keys.put(
          key.group(1), new SoftwareAgreementKey(P256.privateKey(number(key.group(2))), publicKey));
    }
  }

  @Test
  void everyMessageIsDecodedAndWrittenAgain() throws Exception {
    assertThat(messages).hasSize(7);
    for (Map.Entry<String, Octets> example : messages.entrySet()) {
      DecodedMessage message = DecodedMessage.decode(example.getValue());
      assertThat(message.encode()).as(example.getKey()).isEqualTo(example.getValue());
      assertThat(message.payload()).as(example.getKey()).isNotInstanceOf(Payload.Opaque.class);
    }
  }

  @Test
  void theCommandGrowsFromThePreCommandAndEveryVerdictIsAsThePageSays() throws Exception {
    assertThat(hex("signed-pre-command")).startsWith(hex("pre-command"));
    assertThat(hex("command")).contains(hex("signed-pre-command"));

    assertThat(verify("pre-command")).isEqualTo(verdicts(Verdict.ABSENT, Verdict.ABSENT));
    assertThat(verify("signed-pre-command")).isEqualTo(verdicts(Verdict.ABSENT, Verdict.VALID));
    assertThat(verify("command")).isEqualTo(verdicts(Verdict.VALID, Verdict.VALID));
    assertThat(verify("read-command")).isEqualTo(verdicts(Verdict.VALID, Verdict.ABSENT));
    assertThat(verify("gas-alert")).isEqualTo(verdicts(Verdict.VALID, Verdict.ABSENT));
  }

  @Test
  void theProtectedRegistersDecryptToThePlainTextOfThePage() throws Exception {
    Verification response = verify("read-response");

    assertThat(response.mac()).isEqualTo(Verdict.VALID);
    assertThat(response.encryptedParts().getFirst().content())
        .isInstanceOfSatisfying(
            Content.Attributes.class,
            attributes -> {
              DlmsValue plain = new DlmsValue.Structure(attributes.values());
              assertThat(page).contains("`" + DlmsCodec.encode(plain).hex() + "`");
            });
  }

  @Test
  void theTokenIsTheSeventhOver25Pounds() {
    Matcher token = TOKEN.matcher(page);
    assertThat(token.find()).isTrue();
    Utrn made =
        Utrn.issue(
            key("supplier agreement").agree(key("meter agreement").publicKey()),
            SUPPLIER,
            METER,
            new TokenCounter(7),
            TokenValue.ofPence(2500));
    assertThat(made.digits()).isEqualTo(token.group(1));
  }

  private Verification verify(String example) throws Exception {
    KeyRing ring =
        new KeyRing.Builder()
            .ownAgreement(BROKER, key("broker agreement"))
            .agreement(
                BROKER,
                key("broker agreement").publicKey(),
                Optional.of(RemotePartyRole.ACCESS_CONTROL_BROKER))
            .ownAgreement(SUPPLIER, key("supplier agreement"))
            .agreement(METER, key("meter agreement").publicKey(), Optional.empty())
            .signing(SUPPLIER, key("supplier signing").publicKey())
            .build();
    return new MessageVerifier(ring).verify(DecodedMessage.decode(message(example)));
  }

  private SoftwareAgreementKey key(String name) {
    return Optional.ofNullable(keys.get(name)).orElseThrow();
  }

  private Octets message(String name) {
    return Optional.ofNullable(messages.get(name)).orElseThrow();
  }

  private String hex(String name) {
    return message(name).hex();
  }

  private static Verification verdicts(Verdict mac, Verdict signature) {
    return new Verification(mac, signature, List.of());
  }

  private static BigInteger number(String hex) {
    return new BigInteger(hex, 16);
  }
}
