// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/**
 * The schema of every request, response and alert of DUIS 5.4. Its parts stand beside this class:
 * {@code duis.xsd} holds the envelopes, and one file each the content of a service.
 */
public final class DuisSchema {
  private static final String MAIN = "duis.xsd";

  private DuisSchema() {}

  /** The compiled schema; safe for use by many threads, compiled at its first use. */
  public static Schema compiled() {
    return Compiled.SCHEMA;
  }

  private static final class Compiled {
    private static final Schema SCHEMA = compile();
  }

  private static Schema compile() {
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    try {
      DOMImplementationLS inputs = inputs();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      // Where a file may come from is decided by the resolver, which knows this package only.
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "all");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setResourceResolver(
          (type, namespace, publicId, systemId, base) -> input(inputs, systemId));
      return factory.newSchema(new StreamSource(open(MAIN), MAIN));
    } catch (SAXException e) {
      throw new IllegalStateException("the DUIS schema of this build does not compile", e);
    }
  }

  private static LSInput input(DOMImplementationLS inputs, @Nullable String systemId) {
    if (systemId == null) {
      throw new IllegalStateException("the DUIS schema names a part without its file");
    }
    LSInput input = inputs.createLSInput();
    input.setSystemId(systemId);
    input.setByteStream(open(systemId));
    return input;
  }

  static InputStream open(String name) {
    InputStream stream = DuisSchema.class.getResourceAsStream(name);
    if (name.contains("/") || stream == null) {
      throw new IllegalStateException("the DUIS schema of this build lacks " + name);
    }
    return stream;
  }

  private static DOMImplementationLS inputs() {
    try {
      return (DOMImplementationLS)
          DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK lacks DOM Load and Save", e);
    }
  }
}
