// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclHeader;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.gbz.ZclStatus;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.xml.sax.SAXException;

/**
 * The reference answers, failing from each of their parts on as devices do (the part with its
 * reason, all later ones without one): each becomes a valid document that shows what there is.
 */
class EveryFailureTest {
  private static final int HARDWARE_FAULT = 1;
  private static final ZclStatus HARDWARE_FAILURE = new ZclStatus(0xC0);
  private static final int NO_COMMAND = 0xFF;
  private static final int FROM_SERVER = 0x08;
  private static final int DEFAULT_RESPONSE = 0x0B;
  private static final SoftwareSigningKey ANYBODY =
      SoftwareSigningKey.of(P256.generate(new SecureRandom()));

  private PartyKeys keys;
  private ParseAndCorrelate parser;
  private MmcSchema schema;

  /** All keys but those for signatures, with which a test cannot sign. */
  private record AgreementKeys(PartyKeys all) implements PartyKeys {
    @Override
    public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
      return use == KeyUse.KEY_AGREEMENT ? all.certificates(holder, use) : List.of();
    }

    @Override
    public Optional<AgreementKey> agreementKey(Eui64 party) {
      return all.agreementKey(party);
    }
  }

  @BeforeEach
  void readOfficialData() throws IOException, SAXException {
    keys = new AgreementKeys(KeyDirectory.read(ReferenceData.path("rtds/keystore")));
    parser = new ParseAndCorrelate(keys);
    schema = new MmcSchema();
  }

  @Test
  void leavesAValidDocumentWithWhatThereIs() throws IOException, DecodeException {
    Set<String> faults = new TreeSet<>();
    int documents = 0;
    for (Path file : ReferenceData.messages("_SUCCESS_RESPONSE_GBCS.HEX")) {
      GbcsMessage message = GbcsMessage.decode(ReferenceData.hex(file));
      String name = file.getFileName().toString();
      String service = name.split("_", -1)[1];
      if (service.equals("NA") || service.equals("6.14.3")) {
        continue;
      }
      for (Octets payload : failing(message.content().payload())) {
        documents++;
        Parsed parsed =
            (Parsed)
                parser.parse(
                    answer(message.header(), payload, message),
                    new ServiceReferenceVariant(service));
        parsed.remark().ifPresent(remark -> faults.add(name + ": " + remark));
        if (parsed.outcome() == Outcome.SUCCESS) {
          faults.add(name + " is said to be a success");
        }
        try {
          schema.validate(parsed.document());
        } catch (SAXException e) {
          faults.add(name + ": " + e.getMessage());
        }
      }
    }
    System.out.printf(Locale.ROOT, "%d failing answers, all shown%n", documents);
    assertThat(documents).isGreaterThan(500);
    assertThat(faults).isEmpty();
  }

  private Octets answer(GroupingHeader header, Octets payload, GbcsMessage original) {
    if (original.content().signature().isPresent()) {
      return MessageProtection.signedResponse(header, payload, ANYBODY).encode();
    }
    Eui64 device = header.messageId().originator();
    SharedSecret secret =
        keys.agreementKey(header.messageId().target())
            .orElseThrow()
            .agree(keys.certificates(device, KeyUse.KEY_AGREEMENT).getFirst().publicKey());
    return MessageProtection.macedResponse(header, payload, secret).encode();
  }

  private static List<Octets> failing(Octets payload) throws DecodeException {
    return switch (payload.at(0)) {
      case AccessResponse.TAG -> dlms(AccessResponse.decode(payload));
      case GbzMessage.PROFILE >>> 8 -> gbz(GbzMessage.decode(payload));
      default -> List.of();
    };
  }

  private static List<Octets> dlms(AccessResponse response) {
    List<Octets> failing = new ArrayList<>();
    for (int from = 0; from < response.items().size(); from++) {
      List<AccessResponse.Item> items = new ArrayList<>(response.items().subList(0, from));
      for (AccessResponse.Item item : response.items().subList(from, response.items().size())) {
        int code = items.size() == from ? HARDWARE_FAULT : AccessResponse.OTHER_REASON;
        items.add(new AccessResponse.Item(item.kind(), code, DlmsValue.NullData.VALUE));
      }
      failing.add(new AccessResponse(response.longInvokeId(), items).encode());
    }
    return failing;
  }

  /** All answers to one command have its transaction sequence number. */
  private static List<Octets> gbz(GbzMessage message) {
    List<Octets> failing = new ArrayList<>();
    List<Component> all = message.components();
    for (int from = 0; from < all.size(); from++) {
      if (from > 0 && sequence(all.get(from)) == sequence(all.get(from - 1))) {
        continue;
      }
      List<Component> components = new ArrayList<>(all.subList(0, from));
      for (int i = from; i < all.size(); i++) {
        if (i == from || sequence(all.get(i)) != sequence(all.get(i - 1))) {
          components.add(failed(all.get(i), i == from));
        }
      }
      failing.add(new GbzMessage(components).encode());
    }
    return failing;
  }

  private static int sequence(Component component) {
    return component.header().sequenceNumber();
  }

  private static Component failed(Component component, boolean first) {
    ZclHeader header = component.header();
    return Component.Plain.of(
        new ZclFrame(
            component.cluster(),
            ZclHeader.of(FROM_SERVER, header.sequenceNumber(), DEFAULT_RESPONSE),
            new ZclPayload.DefaultResponse(
                first ? header.commandId() : NO_COMMAND,
                first ? HARDWARE_FAILURE : ZclStatus.FAILURE)));
  }
}
