// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.duis.DocumentCheck;
import org.meterbox.duis.DuisReader;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * The verdicts of {@code duis validate}, on octets as a file holds them, are the official schema's:
 * what the reader demands beside the schema (limits, UTF-8, one root) refuses nothing that it
 * takes.
 */
class CommandVerdictsTest {
  private static final long SEED = 20261120;
  private static final int MUTANTS_PER_TEMPLATE = 12;

  private final Validator official = OfficialDuisSchema.compiled().newValidator();
  private final DocumentCheck ours = new DocumentCheck(new DuisReader());
  private final List<String> differences = new ArrayList<>();
  private int valid;
  private int invalid;

  @Test
  void mutantsOfTheExamplesGetTheOfficialVerdictAsFiles() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    DocumentBuilder builder = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
    Transformer writer = TransformerFactory.newDefaultInstance().newTransformer();
    for (Path template : templates()) {
      compare(template.getFileName().toString(), Files.readAllBytes(template));
      Document example = builder.parse(template.toFile());
      for (int i = 0; i < MUTANTS_PER_TEMPLATE; i++) {
        Document mutant = (Document) example.cloneNode(true);
        String change = new Mutation(random).apply(mutant);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.transform(new DOMSource(mutant), new StreamResult(out));
        compare(template.getFileName() + ", " + change, out.toByteArray());
      }
    }

    System.out.printf(
        Locale.ROOT,
        "duis validate: %d valid, %d invalid, %d verdicts differ (seed %d)%n",
        valid,
        invalid,
        differences.size(),
        SEED);
    assertThat(differences).isEmpty();
    assertThat(valid).isGreaterThan(templates().size());
    assertThat(invalid).isGreaterThan(templates().size());
  }

  private void compare(String what, byte[] document) throws IOException {
    Optional<String> officialFault = officialFault(document);
    boolean oursIsValid = ours.validate(what, Octets.of(document)).valid();
    if (officialFault.isPresent()) {
      invalid++;
    } else {
      valid++;
    }
    if (officialFault.isEmpty() != oursIsValid) {
      differences.add(
          String.format(
              Locale.ROOT,
              "%s: official: %s, ours: %s",
              what,
              officialFault.orElse("valid"),
              ours.validate(what, Octets.of(document))));
    }
  }

  private Optional<String> officialFault(byte[] document) throws IOException {
    try {
      official.validate(new StreamSource(new ByteArrayInputStream(document)));
      return Optional.empty();
    } catch (SAXException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.list(ReferenceData.path("rtds/duis"))) {
      return files.sorted().toList();
    }
  }
}
