// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.state;

/** The part of a gas meter's state that one of its functions keeps; never changes. */
public interface GasPart {}
