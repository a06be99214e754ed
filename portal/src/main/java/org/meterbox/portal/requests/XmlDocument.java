// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.time.Instant;
import java.util.Optional;

/**
 * A document of DUIS.
 *
 * @param name in addresses: lower case letters and dashes
 * @param title what people read
 * @param at when it was received or made
 * @param code its response code, where it has one
 * @param text indented for reading; the signed octets are those of the download
 */
public record XmlDocument(
    String name, String title, Instant at, Optional<String> code, String text) {}
