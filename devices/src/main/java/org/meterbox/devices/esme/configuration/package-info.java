// SPDX-License-Identifier: Apache-2.0
/** Settings that are kept as they were written. */
@NullMarked
package org.meterbox.devices.esme.configuration;

import org.jspecify.annotations.NullMarked;
