// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.conformance.correlate.MmcValues.Value;
import org.meterbox.conformance.correlate.OctetWalk.Place;
import org.meterbox.conformance.correlate.ResealedMessage.Space;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.correlate.keys.KeyDirectory;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.xml.sax.SAXException;

/**
 * Every value of every MMC document comes from its octets and from no others. The octets of each
 * response and alert are walked by a reader of the test's own; each value found there is changed,
 * the message is closed again, and the document must then differ in exactly what that value says,
 * by a rule that gives the old text of the old octets and the new text of the new ones.
 *
 * <p>In the build some places of each message; {@code -Dmeterbox.octets.places=N} takes more. From
 * 10,000 on that is all of them: then the run also says how numbers are scaled, which words stand
 * for which numbers, and which values no change of an octet reached.
 */
class OctetWalkTest {
  private static final long SEED = Long.getLong("meterbox.octets.seed", 20260218L);
  private static final int PLACES = Integer.getInteger("meterbox.octets.places", 12);
  private static final int ALL_PLACES = 10_000;
  private static final Pattern SERVICE = Pattern.compile("^[^_]+_(\\d+\\.\\d+(?:\\.\\d+)?)_");

  /**
   * Values that no octet says: the number of a place in a table, and what follows from the number
   * of answers or from the length of a list.
   */
  private static final Pattern OF_NO_OCTET =
      Pattern.compile(".*/@(schemaVersion|index|Index|identifier|auxiliaryControllerN)");

  private final Random random = new Random(SEED);
  private final Explanations explanations = new Explanations();
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> unreached = new TreeMap<>();
  private int values;
  private int reachedValues;
  private int changes;
  private int explainedValues;
  private int restructured;
  private int silent;

  /** Reads what is closed, but has no certificates to check signatures by. */
  private record Keys(PartyKeys keys, boolean own) implements PartyKeys {
    @Override
    public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
      return use == KeyUse.DIGITAL_SIGNATURE ? List.of() : keys.certificates(holder, use);
    }

    @Override
    public Optional<AgreementKey> agreementKey(Eui64 party) {
      return own ? keys.agreementKey(party) : Optional.empty();
    }
  }

  /** A message and what its document says. */
  private record Subject(
      String name,
      ResealedMessage message,
      ParseAndCorrelate parser,
      List<Value> before,
      BitSet reached) {}

  @Test
  void everyValueComesFromItsOctetsAlone()
      throws IOException,
          ParserConfigurationException,
          SAXException,
          DecodeException,
          VerificationException {
    PartyKeys keys = KeyDirectory.read(ReferenceData.path("rtds/keystore"));
    MmcValues reader = new MmcValues();
    ParseAndCorrelate reading = new ParseAndCorrelate(new Keys(keys, true), 10);
    ParseAndCorrelate without = new ParseAndCorrelate(new Keys(keys, false), 10);
    for (Path file : ReferenceData.messages(".HEX")) {
      String name = file.getFileName().toString();
      // Between two devices: MMC has no words for it.
      if (!name.contains("COMMAND") && !name.startsWith("PCS0")) {
        Octets octets = ReferenceData.hex(file);
        ResealedMessage message = new ResealedMessage(octets, keys);
        ParseAndCorrelate parser = message.hasClosedParts() ? reading : without;
        List<Value> before = reader.of(document(name, octets, parser).orElseThrow());
        walk(new Subject(name, message, parser, before, new BitSet()), reader);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%,d values in documents, %,d reached; %,d changes of octets: %,d changed values explained,"
            + " %,d changes of structure, %,d without effect%n",
        values,
        reachedValues,
        changes,
        explainedValues,
        restructured,
        silent);
    assertThat(faults).as("seed %d", SEED).isEmpty();
    assertThat(explanations.strangelyScaled()).isEmpty();
    assertThat(explainedValues).isGreaterThan(3_000);
    if (PLACES >= ALL_PLACES) {
      explanations.print();
      unreached.keySet().removeIf(path -> OF_NO_OCTET.matcher(path).matches());
      unreached.forEach(
          (path, count) -> System.out.printf(Locale.ROOT, "not reached: %d %s%n", count, path));
      int left = unreached.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(left).as("values that no octet reaches").isLessThan(values / 50);
    }
  }

  private void walk(Subject subject, MmcValues reader) throws IOException, SAXException {
    for (Space space : subject.message().spaces()) {
      List<Place> places = new ArrayList<>(space.places());
      Collections.shuffle(places, random);
      for (Place place : places.subList(0, Math.min(PLACES, places.size()))) {
        for (byte[] changed : Changes.of(space.octets(), place)) {
          changes++;
          Octets message = subject.message().with(space, changed);
          Optional<Octets> document = document(subject.name(), message, subject.parser());
          if (document.isPresent()) {
            compare(subject, reader.of(document.get()), space, place, changed);
          } else {
            restructured++;
          }
        }
      }
    }
    for (int i = 0; i < subject.before().size(); i++) {
      values++;
      if (subject.reached().get(i)) {
        reachedValues++;
      } else {
        Value value = subject.before().get(i);
        // An element with nothing in it only holds the place of others.
        if (!value.text().isEmpty()) {
          unreached.merge(value.path(), 1, Integer::sum);
        }
      }
    }
  }

  private void compare(
      Subject subject, List<Value> after, Space space, Place place, byte[] changed) {
    List<Value> before = subject.before();
    List<String> left = new ArrayList<>(after.stream().map(Value::path).toList());
    if (!before.stream().map(Value::path).toList().equals(left)) {
      restructured++;
      // Another choice of elements, or more or fewer of them: what is gone came from this octet.
      for (int i = 0; i < before.size(); i++) {
        if (!left.remove(before.get(i).path())) {
          subject.reached().set(i);
        }
      }
      return;
    }
    boolean heard = false;
    for (int i = 0; i < before.size(); i++) {
      Value old = before.get(i);
      String text = after.get(i).text();
      if (!old.text().equals(text)) {
        heard = true;
        if (explanations.explain(space.octets(), changed, place, old, text)) {
          explainedValues++;
          subject.reached().set(i);
        } else {
          faults.add(
              String.format(
                  Locale.ROOT,
                  "%s %s: %s became %s by %s for %s at %d",
                  subject.name(),
                  old.path(),
                  old.text(),
                  text,
                  Octets.of(OctetWalk.at(changed, place)).hex(),
                  Octets.of(OctetWalk.at(space.octets(), place)).hex(),
                  place.from()));
        }
      }
    }
    silent += heard ? 0 : 1;
  }

  /** None where the octets are refused or nothing but octets can be said of them. */
  private static Optional<Octets> document(String name, Octets message, ParseAndCorrelate parser) {
    Matcher service = SERVICE.matcher(name);
    boolean answers = service.find() && !name.contains("ALERT");
    try {
      return (answers
                  ? parser.parse(message, new ServiceReferenceVariant(service.group(1)))
                  : parser.parse(message))
              instanceof Parsed parsed
          ? Optional.of(parsed.document())
          : Optional.empty();
    } catch (DecodeException refused) {
      return Optional.empty();
    }
  }
}
