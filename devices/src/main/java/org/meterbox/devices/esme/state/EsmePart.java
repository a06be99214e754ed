// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

/** The part of an electricity meter's state that one of its functions keeps; never changes. */
public interface EsmePart {}
