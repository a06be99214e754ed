// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

/**
 * The bounds of a document that this room reads; what exceeds them is refused before memory is
 * spent on it.
 *
 * @param octets size of the document
 * @param markup number of {@code <} characters: bounds the number of elements
 * @param depth nesting of elements
 * @param attributes attributes and namespace declarations of one element
 */
public record XmlLimits(int octets, int markup, int depth, int attributes) {
  /**
   * The bounds of DUIS 5.4. The largest document is 11.1 Update Firmware: an image of 10,240,000
   * octets in base64 with line breaks (14.1 million characters) and a list of 50,000 devices (1.2
   * million). Content has 10 levels, that of SMETS1 messages some more.
   */
  public static final XmlLimits DUIS = new XmlLimits(16 * 1024 * 1024, 100_000, 40, 32);

  /**
   * The bounds of what concerns one device: tighter, for web services that take nothing else. The
   * largest such request, a calendar or tariff with everything it may hold, has about 200,000
   * octets.
   */
  public static final XmlLimits ONE_DEVICE = new XmlLimits(1024 * 1024, 20_000, 40, 32);
}
