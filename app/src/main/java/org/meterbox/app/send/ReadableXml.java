// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.meterbox.kernel.Octets;

/** XML with line breaks and indentation, for people; never for sending. */
public final class ReadableXml {
  private ReadableXml() {}

  /** The document, indented by two blanks; as it stands where it is no XML. */
  public static String of(Octets document) {
    StringWriter out = new StringWriter();
    try {
      TransformerFactory factory = TransformerFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.INDENT, "yes");
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
      transformer.transform(
          new StreamSource(new ByteArrayInputStream(document.toArray())), new StreamResult(out));
      return out.toString().stripTrailing();
    } catch (TransformerException noXml) {
      return document.hex();
    }
  }
}
