// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** The documented example does what the document says. */
class UserProgramTest {
  private static final Path SOURCE =
      Path.of("src/test/java/org/meterbox/correlate/example/UserProgram.java");
  private static final Path DOCUMENT = Path.of("../docs/parse-correlate.md");
  private static final String REQUEST =
      "<sr:Request xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\""
          + " schemaVersion=\"5.4\"><sr:Header>"
          + "<sr:RequestID>90-B3-00-00-00-00-00-03:00-DB-00-00-00-00-00-01:1</sr:RequestID>"
          + "<sr:CommandVariant>4</sr:CommandVariant>"
          + "<sr:ServiceReference>7.1</sr:ServiceReference>"
          + "<sr:ServiceReferenceVariant>7.1</sr:ServiceReferenceVariant>"
          + "</sr:Header><sr:Body><sr:EnableSupply/></sr:Body></sr:Request>";
  private static final String ENABLE =
      "DF09010000000000000001"
          + "0890B3000000000003"
          + "0800DB000000000001"
          + "00"
          + "02004F"
          + "15"
          + "D9200000010001030009"
          + "00000A006AFF"
          + "01"
          + "01120033";

  @TempDir private Path keys;

  @Test
  void readsAnAnswerAndRefusesAForgedOne() throws Exception {
    KeyPair meter = P256.generate(new SecureRandom());
    KeyPair supplier = P256.generate(new SecureRandom());
    write("00db000000000001-ka.pem", "PUBLIC KEY", meter.getPublic().getEncoded());
    write("90b3000000000003-ka.pem", "PUBLIC KEY", supplier.getPublic().getEncoded());
    write("90b3000000000003-ka.key", "PRIVATE KEY", supplier.getPrivate().getEncoded());
    Octets answer = supplyStatus(meter, supplier.getPublic());

    UserProgram program = new UserProgram(keys);
    assertThat(program.read(answer)).contains("<ra:SupplyState>Enabled</ra:SupplyState>");

    byte[] forged = answer.toArray();
    forged[forged.length - 1] ^= 1;
    assertThatThrownBy(() -> program.read(Octets.of(forged))).isInstanceOf(SecurityException.class);
  }

  @Test
  void objectsToAnotherCommand() throws Exception {
    UserProgram program = new UserProgram(keys);
    Octets request = Octets.of(REQUEST.getBytes(StandardCharsets.UTF_8));
    assertThat(program.objections(request, Octets.ofHex(ENABLE))).isEmpty();
    String disable = ENABLE.substring(0, ENABLE.length() - 2) + "34";
    assertThat(program.objections(request, Octets.ofHex(disable))).hasSize(1);
    assertThat(program.objections(request, Octets.ofHex("DF"))).hasSize(1);
    assertThat(program.objections(Octets.ofHex("DF"), Octets.ofHex(ENABLE))).hasSize(1);
  }

  // What stands in the document is what was just run.
  @Test
  void isTheOneOfTheDocument() throws IOException {
    String source = Files.readString(SOURCE);
    String example =
        source
            .substring(source.indexOf("  // begin\n") + 11, source.indexOf("  // end\n"))
            .indent(-2);
    assertThat(Files.readString(DOCUMENT)).contains("```java\n" + example + "```");
  }

  private static Octets supplyStatus(KeyPair meter, PublicKey supplier) {
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.RESPONSE,
            new MessageId(
                Eui64.parse("00DB000000000001"),
                Eui64.parse("90B3000000000003"),
                new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(new MessageCode(0x52)));
    return MessageProtection.macedResponse(
            header,
            Octets.ofHex("DA2000000100000116010101" + "00"),
            SoftwareAgreementKey.of(meter).agree(P256.publicKey(supplier)))
        .encode();
  }

  private void write(String name, String label, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(content);
    Files.writeString(
        keys.resolve(name),
        String.format(
            Locale.ROOT, "-----BEGIN %s-----\n%s\n-----END %s-----\n", label, body, label));
  }
}
