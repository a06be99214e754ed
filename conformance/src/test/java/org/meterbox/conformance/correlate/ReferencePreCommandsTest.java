// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.Correlation.Match;
import org.meterbox.correlate.Correlation.Mismatch;
import org.meterbox.correlate.Difference;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.check.DeviceTypes;
import org.meterbox.correlate.check.OriginalRequest;
import org.meterbox.correlate.check.SenderTimes;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * Every reference Pre-Command whose request is known, whole and damaged.
 *
 * <p>In the build all changes of one octet of the short ones, and some for each octet of the
 * others; {@code -Dmeterbox.correlate.changes=255} makes all of them.
 */
class ReferencePreCommandsTest {
  private static final String PRE_COMMAND = "_PRECOMMAND_GBCS.HEX";
  private static final String REQUEST = "_REQUEST_DUIS.XML";

  /** When the reference Pre-Commands were made. */
  private static final Instant MADE = Instant.parse("2015-01-01T00:00:00Z");

  /** In these the certificates of the request were renewed since, those of the command were not. */
  private static final Map<String, Set<String>> DISAGREEING =
      Map.of(
          "CS02bNOByNO_6.15.1_SUCCESS",
          Set.of("DigitalSigningCertificate", "KeyAgreementCertificate"),
          "CS02bSupplierBySupplier_6.15.1_CANCELLATION_SUCCESS",
          Set.of(
              "DigitalSigningCertificate",
              "KeyAgreementCertificate",
              "KeyAgreementTopUpCertificate"),
          "CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_SUCCESS",
          Set.of(
              "DigitalSigningCertificate",
              "KeyAgreementCertificate",
              "KeyAgreementTopUpCertificate"),
          "CS02gLoadControllerBySupplier_6.15.1_CANCELLATION_SUCCESS",
          Set.of("DigitalSigningCertificate", "KeyAgreementCertificate"),
          "CS02gLoadControllerBySupplier_6.15.1_FUTURE_DATED_SUCCESS",
          Set.of("DigitalSigningCertificate", "KeyAgreementCertificate"),
          "CS03CCritical_8.7.1_SUCCESS",
          Set.of("the certificate of the other device"));

  /** Only the names of these say that their meter takes use cases that GBCS has replaced. */
  private static final List<String> OF_EARLIER_DEVICES = List.of("ECS08_", "ECS30_", "GCS25_");

  /**
   * What the user knows of the devices of one pair. The same meter has one element or two in
   * different pairs.
   */
  private record KnownDevices(boolean twin, boolean earlier) implements DeviceTypes {
    static KnownDevices of(String pair) {
      return new KnownDevices(
          pair.contains("_TWIN"), OF_EARLIER_DEVICES.stream().anyMatch(pair::startsWith));
    }

    @Override
    public Set<DeviceType> possible(Eui64 device) {
      return device.hex().equalsIgnoreCase("00DB12345678909A")
          ? Set.of(DeviceType.HCALCS)
          : Set.of(DeviceType.values());
    }

    @Override
    public Optional<Boolean> twinElement(Eui64 meter) {
      return Optional.of(twin);
    }

    @Override
    public Optional<Boolean> takesReplaced(Eui64 device) {
      return Optional.of(earlier);
    }
  }

  private static final int EXHAUSTIVE_OCTETS = 100;
  private static final int ALL_CHANGES = 255;
  private static final int CHANGES_PER_OCTET = Integer.getInteger("meterbox.correlate.changes", 3);

  private final Map<String, Pair> pairs = new TreeMap<>();

  private record Pair(ParseAndCorrelate correlator, OriginalRequest request, Octets preCommand) {
    Correlation correlate() {
      return correlator.correlate(request, preCommand);
    }

    Pair with(OriginalRequest other) {
      return new Pair(correlator, other, preCommand);
    }

    Pair with(Octets other) {
      return new Pair(correlator, request, other);
    }
  }

  @BeforeEach
  void readOfficialData() throws IOException {
    KeyDirectory keys = KeyDirectory.read(ReferenceData.path("rtds/keystore"));
    DuisReader reader = new DuisReader();
    for (Path file : ReferenceData.messages(PRE_COMMAND)) {
      String name = file.getFileName().toString().replace(PRE_COMMAND, "");
      Path request = ReferenceData.path("rtds/duis").resolve(name + REQUEST);
      if (Files.exists(request)) {
        Reading<ServiceRequest> reading =
            reader.readRequest(Octets.of(Files.readAllBytes(request)));
        assertThat(reading).as(name).isInstanceOf(Reading.Valid.class);
        ServiceRequest read = ((Reading.Valid<ServiceRequest>) reading).value();
        ParseAndCorrelate correlator =
            new ParseAndCorrelate(keys, 1, SenderTimes.exactly(MADE), KnownDevices.of(name));
        pairs.put(name, new Pair(correlator, OriginalRequest.of(read), ReferenceData.hex(file)));
      }
    }
  }

  @Test
  void matchesEveryPair() {
    List<String> failures = new ArrayList<>();
    int matches = 0;
    for (Map.Entry<String, Pair> pair : pairs.entrySet()) {
      Correlation correlation = pair.getValue().correlate();
      if (correlation instanceof Match) {
        matches++;
      } else if (!DISAGREEING.containsKey(pair.getKey())) {
        failures.add(pair.getKey() + ": " + correlation);
      }
    }
    System.out.printf(
        Locale.ROOT, "%d of %d reference Pre-Commands match%n", matches, pairs.size());
    assertThat(failures).isEmpty();
    assertThat(matches).isEqualTo(pairs.size() - DISAGREEING.size()).isPositive();
  }

  // The official data disagree with themselves in these; all else must match even there.
  @Test
  void findsExactlyTheCertificatesThatDiffer() {
    DISAGREEING.forEach((name, certificates) -> {
      assertThat(pairs.get(name).correlate()).as(name).isInstanceOf(Mismatch.class);
      Mismatch mismatch = (Mismatch) pairs.get(name).correlate();
      Set<String> fields = new TreeSet<>();
      for (Difference difference : mismatch.differences()) {
        String field = difference.field();
        // A certificate of another length changes the lengths of what it is in.
        if (!field.startsWith("the beginning of")) {
          fields.add(field.substring(field.lastIndexOf('/') + 1));
        }
      }
      assertThat(fields).as(name).isEqualTo(certificates);
    });
  }

  @Test
  void refusesEveryChangeOfOneOctet() {
    SplittableRandom random = new SplittableRandom(20150101);
    List<String> accepted = new ArrayList<>();
    long tried = 0;
    for (Map.Entry<String, Pair> pair : pairs.entrySet()) {
      if (DISAGREEING.containsKey(pair.getKey())) {
        continue;
      }
      byte[] octets = pair.getValue().preCommand().toArray();
      for (int at = 0; at < octets.length; at++) {
        byte original = octets[at];
        for (byte change : changes(octets.length, random)) {
          octets[at] = (byte) (original ^ change);
          tried++;
          if (pair.getValue().with(Octets.of(octets)).correlate() instanceof Match) {
            accepted.add(String.format(Locale.ROOT, "%s at %d", pair.getKey(), at));
          }
        }
        octets[at] = original;
      }
    }
    System.out.printf(Locale.ROOT, "%,d changes of one octet tried, all refused%n", tried);
    assertThat(accepted).isEmpty();
  }

  @Test
  void refusesEveryChangeOfOneValueOfTheRequest() {
    List<String> accepted = new ArrayList<>();
    int tried = 0;
    for (Map.Entry<String, Pair> pair : pairs.entrySet()) {
      if (DISAGREEING.containsKey(pair.getKey())) {
        continue;
      }
      OriginalRequest request = pair.getValue().request();
      for (ChangedElement changed : ChangedElement.of(request.body())) {
        OriginalRequest other = request.withBody(changed.element());
        tried++;
        if (pair.getValue().with(other).correlate() instanceof Match) {
          accepted.add(pair.getKey() + ": " + changed.change());
        }
      }
    }
    System.out.printf(Locale.ROOT, "%,d changes of one value of a request tried%n", tried);
    // A tariff without blocks has no thresholds; the request has one only for the schema's sake.
    accepted.removeIf(
        change -> change.startsWith("GCS01a_1.1.1_IMMEDIATE_TOU") && change.contains("Threshold"));
    assertThat(accepted).isEmpty();
  }

  private static byte[] changes(int length, SplittableRandom random) {
    if (length <= EXHAUSTIVE_OCTETS || CHANGES_PER_OCTET >= ALL_CHANGES) {
      byte[] all = new byte[ALL_CHANGES];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) (i + 1);
      }
      return all;
    }
    byte[] some = new byte[CHANGES_PER_OCTET];
    for (int i = 0; i < some.length; i++) {
      some[i] = (byte) random.nextInt(1, 256);
    }
    return some;
  }
}
