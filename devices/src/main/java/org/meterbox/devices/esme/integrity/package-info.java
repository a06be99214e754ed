// SPDX-License-Identifier: Apache-2.0
/** What a meter tells of tampering, wrong wiring and its own faults. */
@NullMarked
package org.meterbox.devices.esme.integrity;

import org.jspecify.annotations.NullMarked;
