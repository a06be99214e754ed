// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.duis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.meterbox.conformance.ReferenceData;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/** The official DUIS schema as an oracle: it says what our own must accept and refuse. */
final class OfficialDuisSchema {
  private static final String DIRECTORY = "xsd";
  static final String MAIN = "DUIS Schema V5.4.xsd";

  private OfficialDuisSchema() {}

  static Path directory() {
    return ReferenceData.path(DIRECTORY);
  }

  static Schema compiled() {
    Path directory = directory();
    try {
      SchemaFactory factory = SchemaFactory.newDefaultInstance();
      // The official XML Signature schema has a document type declaration beside it.
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "all");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "all");
      DOMImplementationLS inputs =
          (DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
      factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
        Path file = directory.resolve(systemId.substring(systemId.lastIndexOf('/') + 1));
        LSInput input = inputs.createLSInput();
        input.setSystemId(file.toUri().toString());
        input.setByteStream(open(file));
        return input;
      });
      Path main = directory.resolve(MAIN);
      return factory.newSchema(new StreamSource(open(main), main.toUri().toString()));
    } catch (SAXException | ReflectiveOperationException e) {
      throw new IllegalStateException("the official schema does not compile", e);
    }
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
