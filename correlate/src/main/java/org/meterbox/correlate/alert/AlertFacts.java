// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.alert;

/**
 * What every alert says.
 *
 * @param code alert code
 * @param time when it happened, as xs:dateTime
 */
public record AlertFacts(int code, String time) {}
