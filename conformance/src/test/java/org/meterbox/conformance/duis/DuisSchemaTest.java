// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.schema.DuisSchema;
import org.meterbox.kernel.Octets;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * Our schema accepts and refuses the same documents as the official one: the official examples,
 * documents drawn from either schema, and thousands of mutants of both.
 *
 * <p>Two known differences. The MMC content of SMETS1 messages is accepted here and checked where
 * it is read: such verdicts are counted apart. And {@code xsi:type} with a name of the official
 * schema is refused, since our types have other names: nothing here draws it, and no sender needs
 * it.
 */
class DuisSchemaTest {
  private static final String DUIS = "http://www.dccinterface.co.uk/ServiceUserGateway";
  private static final String TEMPLATES = "rtds/duis";
  private static final long SEED = 20260115;
  private static final int MUTANTS_PER_TEMPLATE = 40;
  private static final int DRAWN_DOCUMENTS = 3_000;
  private static final int MUTANTS_PER_DRAWN = 4;

  private static Validator official;
  private static Validator ours;

  @BeforeAll
  static void compileBoth() {
    official = OfficialDuisSchema.compiled().newValidator();
    ours = DuisSchema.compiled().newValidator();
  }

  @Test
  void everyOfficialExampleIsValid() {
    DuisReader reader = new DuisReader();

    List<String> refused = new ArrayList<>();
    List<Path> templates = templates();
    for (Path template : templates) {
      switch (reader.readRequest(octets(template))) {
        case Valid<ServiceRequest> _ -> {}
        case Refused<ServiceRequest> other ->
            refused.add(template.getFileName() + ": " + other.refusal());
      }
    }

    assertThat(templates).hasSizeGreaterThanOrEqualTo(297);
    assertThat(refused).isEmpty();
  }

  @Test
  void mutantsOfTheExamplesGetTheSameVerdict() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    Verdicts verdicts = new Verdicts();
    DocumentBuilder builder = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();

    for (Path template : templates()) {
      Document example = builder.parse(template.toFile());
      for (int i = 0; i < MUTANTS_PER_TEMPLATE; i++) {
        verdicts.compareMutant(example, random, template.getFileName().toString());
      }
    }

    verdicts.assertEqualVerdicts("mutants of the official examples");
  }

  @Test
  void documentsDrawnFromTheOfficialSchemaGetTheSameVerdict() {
    Path directory = OfficialDuisSchema.directory();
    drawAndCompare(
        OfficialDuisSchema.MAIN,
        name -> open(directory.resolve(name)),
        "documents drawn from the official schema");
  }

  @Test
  void documentsDrawnFromOurSchemaGetTheSameVerdict() {
    drawAndCompare(
        "duis.xsd", DuisSchema.class::getResourceAsStream, "documents drawn from our schema");
  }

  private static void drawAndCompare(
      String main, Function<String, InputStream> open, String title) {
    SplittableRandom random = new SplittableRandom(SEED);
    SchemaInstances instances = new SchemaInstances(main, open, random);
    Verdicts verdicts = new Verdicts();
    String[] roots = {"Request", "Request", "Response", "Response", "S1SPAlert"};

    for (int i = 0; i < DRAWN_DOCUMENTS; i++) {
      Document drawn = instances.draw(DUIS, roots[i % roots.length]);
      verdicts.compare(drawn, title + " " + i);
      for (int j = 0; j < MUTANTS_PER_DRAWN; j++) {
        verdicts.compareMutant(drawn, random, title + " " + i);
      }
    }

    verdicts.assertEqualVerdicts(title);
  }

  private static List<Path> templates() {
    try (Stream<Path> files = Files.list(ReferenceData.path(TEMPLATES))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> fault(Validator validator, Document document) {
    try {
      validator.validate(new DOMSource(document));
      return Optional.empty();
    } catch (SAXException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Octets octets(Path file) {
    try {
      return Octets.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Document document) {
    StringWriter out = new StringWriter();
    try {
      TransformerFactory.newDefaultInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
    return out.toString();
  }

  /** Counts the verdicts and keeps what differed. */
  private static final class Verdicts {
    private int accepted;
    private int refused;
    private int inMmc;
    private final List<String> differences = new ArrayList<>();

    void compareMutant(Document document, SplittableRandom random, String origin) {
      Document mutant = (Document) document.cloneNode(true);
      String change = new Mutation(random).apply(mutant);
      compare(mutant, origin + ", " + change);
    }

    void compare(Document document, String what) {
      Optional<String> officialFault = fault(official, document);
      Optional<String> ourFault = fault(ours, document);
      if (officialFault.isPresent()) {
        refused++;
      } else {
        accepted++;
      }
      if (officialFault.isPresent() && ourFault.isEmpty() && hasMmc(document)) {
        inMmc++;
      } else if (officialFault.isPresent() != ourFault.isPresent()) {
        differences.add(
            String.format(
                Locale.ROOT,
                "%s%n  official: %s%n  ours: %s%n  %s",
                what,
                officialFault.orElse("valid"),
                ourFault.orElse("valid"),
                text(document)));
      }
    }

    private static boolean hasMmc(Document document) {
      return document.getElementsByTagNameNS(DUIS, "SMETS1Response").getLength() > 0;
    }

    void assertEqualVerdicts(String title) {
      System.out.printf(
          Locale.ROOT,
          "%s: %d documents, %d accepted, %d refused, %d refused for their MMC content only,"
              + " %d verdicts differ (seed %d)%n",
          title,
          accepted + refused,
          accepted,
          refused - inMmc,
          inMmc,
          differences.size(),
          SEED);
      assertThat(differences.stream().limit(5).toList()).isEmpty();
      // A test in which everything is accepted, or everything refused, shows nothing.
      assertThat(accepted).isGreaterThan(refused / 20);
      assertThat(refused).isGreaterThan(accepted / 20);
    }
  }
}
