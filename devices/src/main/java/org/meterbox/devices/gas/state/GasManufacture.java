// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.state;

import java.time.Instant;

/**
 * What is decided about a gas meter before it leaves the factory, and in which home it will stand.
 *
 * @param seed makes its home differ from others
 * @param at when it begins to measure, in whole seconds
 */
public record GasManufacture(long seed, Instant at) {}
