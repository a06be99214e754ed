// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.kernel.Octets;
import org.xml.sax.SAXException;

/** The official MMC schema as an oracle. */
final class MmcSchema {
  private final Schema schema;

  MmcSchema() throws SAXException {
    schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(ReferenceData.path("xsd/MMC Schema V5.4.xsd").toFile());
  }

  /** Returns only if the document is valid. */
  void validate(Octets document) throws SAXException, IOException {
    schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(document.toArray())));
  }
}
