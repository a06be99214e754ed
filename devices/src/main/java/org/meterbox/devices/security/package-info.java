// SPDX-License-Identifier: Apache-2.0
/** A device's credentials: its own keys, and the certificates of the parties that it trusts. */
@NullMarked
package org.meterbox.devices.security;

import org.jspecify.annotations.NullMarked;
