// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.Verdict;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.xml.sax.SAXException;

/** Every reference message becomes a document that the official MMC schema accepts. */
class EveryReferenceMessageTest {
  private static final Pattern SERVICE = Pattern.compile("^[^_]+_(\\d+\\.\\d+(?:\\.\\d+)?)_");

  /** MMC has no element for 6.14.3, and none for what no user asks for. */
  private static final Set<String> WITHOUT_ELEMENT =
      Set.of(
          "ECS46d",
          "CS02bAnyByContingency",
          "CS02bAnyExceptAbnormalRootByRecovery",
          "CS02bTransCoSByTransCoS",
          "CS02bWPByWP",
          "CS02gLoadControllerByLoadController",
          "PCS01",
          "PCS02");

  private ParseAndCorrelate parser;
  private MmcSchema schema;

  @BeforeEach
  void readOfficialData() throws IOException, SAXException {
    schema = new MmcSchema();
    parser = new ParseAndCorrelate(KeyDirectory.read(ReferenceData.path("rtds/keystore")));
  }

  @Test
  void isValidUnderTheOfficialSchema() throws IOException, DecodeException {
    List<String> faults = new ArrayList<>();
    List<Path> messages = ReferenceData.messages(".HEX");
    for (Path file : messages) {
      ParseResult result = parse(file);
      if (result instanceof Parsed parsed) {
        try {
          schema.validate(parsed.document());
        } catch (SAXException e) {
          faults.add(file.getFileName() + ": " + e.getMessage());
        }
      } else {
        faults.add(file.getFileName() + " is refuted");
      }
    }
    assertThat(messages).hasSizeGreaterThan(800);
    assertThat(faults).isEmpty();
  }

  @Test
  void isAuthenticAndReadableWhereTheKeysArePublished() throws DecodeException {
    Set<String> unproven = new TreeSet<>();
    for (Path file : answersAndAlerts()) {
      Parsed parsed = (Parsed) parse(file);
      boolean read =
          parsed.sensitiveContent() instanceof Verdict.Absent
              || parsed.sensitiveContent() instanceof Verdict.Valid;
      if (!parsed.authentic() || !read) {
        unproven.add(useCase(file));
      }
    }
    // Between two devices: the private key of neither is published.
    assertThat(unproven).containsExactly("PCS01", "PCS02");
  }

  @Test
  void hasItsOwnElementWhereMmcHasOne() throws DecodeException {
    Set<String> octetsOnly = new TreeSet<>();
    for (Path file : answersAndAlerts()) {
      if (((Parsed) parse(file)).remark().isPresent()) {
        octetsOnly.add(useCase(file));
      }
    }
    assertThat(octetsOnly).isSubsetOf(WITHOUT_ELEMENT);
  }

  @Test
  void saysWhetherTheDeviceDidIt() throws DecodeException {
    List<String> wrong = new ArrayList<>();
    for (Path file : ReferenceData.messages("_RESPONSE_GBCS.HEX")) {
      String name = file.getFileName().toString();
      Outcome outcome = ((Parsed) parse(file)).outcome();
      // The answer to a future dated command only says that it waits for its time.
      boolean fails = name.contains("_ERROR_") && !name.contains("FUTURE_DATED_ERROR");
      boolean waits = name.contains("FUTURE_DATED_ERROR");
      if (!waits && fails == (outcome == Outcome.SUCCESS)) {
        wrong.add(name + " " + outcome);
      }
    }
    assertThat(wrong).isEmpty();
  }

  // A single changed octet anywhere in what the MAC or the signature covers leaves no document.
  @Test
  void isRefutedWhenChanged() throws DecodeException {
    int refuted = 0;
    int total = 0;
    for (Path file : answersAndAlerts()) {
      Octets message = ReferenceData.hex(file);
      if (!((Parsed) parse(file)).authentic()) {
        continue;
      }
      byte[] changed = message.toArray();
      changed[changed.length - 1] ^= 1;
      total++;
      refuted += parser.parse(Octets.of(changed)) instanceof ParseResult.Refuted ? 1 : 0;
    }
    assertThat(total).isGreaterThan(300);
    assertThat(refuted).isEqualTo(total);
  }

  private static List<Path> answersAndAlerts() {
    return ReferenceData.messages(".HEX").stream()
        .filter(file -> !file.getFileName().toString().contains("COMMAND"))
        .toList();
  }

  private ParseResult parse(Path file) throws DecodeException {
    Optional<ServiceReferenceVariant> service = service(file);
    Octets message = ReferenceData.hex(file);
    return service.isPresent() && !file.getFileName().toString().contains("ALERT")
        ? parser.parse(message, service.get())
        : parser.parse(message);
  }

  /** The name of a reference message says which Service Request it belongs to. */
  private static Optional<ServiceReferenceVariant> service(Path file) {
    Matcher name = SERVICE.matcher(file.getFileName().toString());
    return name.find() ? Optional.of(new ServiceReferenceVariant(name.group(1))) : Optional.empty();
  }

  private static String useCase(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.indexOf('_'));
  }
}
