// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceTable;
import org.meterbox.crypto.SensitiveContent;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzMessage;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Every use case in GBZ as the reference table prescribes it, in both directions: with all
 * components, with the answers that say that nothing was found, and with readings that failed. The
 * table gives far more forms than the reference messages show.
 */
class GbzUseCasesTest {
  private static final long SEED = 1_153;
  private static final int RUNS = 30;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private int messages;
  private int components;

  /** Which of the forms of a message is built. */
  private enum Form {
    COMPLETE,
    NOTHING_FOUND,
    READINGS_FAILED
  }

  @Test
  void everyUseCaseIsReadInBothDirections() throws DecodeException {
    Map<String, List<GbzTemplate>> all =
        GbzTemplate.read(ReferenceTable.rows("gbcs-use-cases-gbz.csv"));
    TreeSet<String> useCases = new TreeSet<>();
    for (List<GbzTemplate> templates : all.values()) {
      useCases.add(templates.getFirst().useCase());
      for (Form form : Form.values()) {
        for (int run = 0; run < RUNS; run++) {
          check(templates, form, String.format(Locale.ROOT, "seed %d, run %d", SEED, run));
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "GBZ use cases: %d use cases, %d directions, %d messages, %d components%n",
        useCases.size(),
        all.size(),
        messages,
        components);
    assertThat(useCases).hasSizeGreaterThan(50);
  }

  private void check(List<GbzTemplate> templates, Form form, String run) throws DecodeException {
    List<GbzTemplate> expected = chosen(templates, form);
    List<Octets> payloads = new ArrayList<>();
    Octets octets = message(expected, form, payloads);
    GbzMessage message = GbzMessage.decode(octets);
    String as = String.format(Locale.ROOT, "%s %s, %s", expected.getFirst().useCase(), form, run);

    assertThat(message.encode()).as(as).isEqualTo(octets);
    assertThat(message.components()).as(as).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Component component = message.components().get(i);
      assertThat(plain(component.name())).as(as).isEqualTo(plain(expected.get(i).commandName()));
      ZclFrame frame =
          switch (component) {
            case Component.Plain plain -> plain.frame();
            // Encryption is tested elsewhere: here it is enough that the plain text is understood.
            case Component.Encrypted encrypted ->
                ZclFrame.decode(component.cluster(), encrypted.header(), payloads.get(i));
          };
      assertThat(frame.payload()).as(as).isNotInstanceOf(ZclPayload.Unrecognised.class);
      assertThat(frame.payloadOctets()).as(as).isEqualTo(payloads.get(i));
      components++;
    }
    messages++;
  }

  /** One template per component: an alternative takes the place of what stands before it. */
  private static List<GbzTemplate> chosen(List<GbzTemplate> templates, Form form) {
    List<GbzTemplate> chosen = new ArrayList<>();
    for (int i = 0; i < templates.size(); i++) {
      GbzTemplate template = templates.get(i);
      if (!template.alternative()) {
        boolean hasAlternative = i + 1 < templates.size() && templates.get(i + 1).alternative();
        boolean replaced = hasAlternative && form == Form.NOTHING_FOUND;
        for (int instance = 0; instance < template.count(); instance++) {
          chosen.add(replaced ? templates.get(i + 1) : template);
        }
      }
    }
    return chosen;
  }

  private Octets message(List<GbzTemplate> chosen, Form form, List<Octets> payloads) {
    OctetWriter writer = new OctetWriter(512).u16(0x0109).u8(chosen.size());
    int encrypted = 0;
    for (int i = 0; i < chosen.size(); i++) {
      GbzTemplate template = chosen.get(i);
      Octets payload = template.payload(random, i, form == Form.READINGS_FAILED);
      payloads.add(payload);
      OctetWriter content = new OctetWriter(64);
      int control = i + 1 == chosen.size() ? 0x01 : 0x00;
      if (template.hasFromDateTime()) {
        control |= 0x10;
        content.u32(random.nextLong(1L << 32));
      }
      if (template.encrypted()) {
        control |= 0x02;
        content.u8(0).u8(encrypted++);
      }
      content.u8(template.frameControl()).u8(i).u8(template.commandId());
      if (template.encrypted()) {
        byte[] block = new byte[payload.length() + SensitiveContent.OVERHEAD_OCTETS];
        random.nextBytes(block);
        content.u16(block.length).put(block);
      } else {
        content.put(payload);
      }
      writer.u8(control).u16(template.cluster()).u16(content.length()).put(content.toArray());
    }
    return writer.toOctets();
  }

  /** The reference table spells the names of commands with and without spaces. */
  private static String plain(String name) {
    return name.replace(" ", "").toLowerCase(Locale.ROOT);
  }
}
