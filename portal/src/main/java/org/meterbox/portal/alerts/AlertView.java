// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.alerts;

import org.meterbox.portal.requests.DeviceMessage;

/**
 * The page of one alert.
 *
 * @param alert what it says
 * @param message decoded field by field
 */
public record AlertView(AlertSummary alert, DeviceMessage message) {}
