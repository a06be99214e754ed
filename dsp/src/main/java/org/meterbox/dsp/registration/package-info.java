// SPDX-License-Identifier: Apache-2.0
/**
 * Registration data: who is responsible for which meter point, in which role, from when to when.
 */
@NullMarked
package org.meterbox.dsp.registration;

import org.jspecify.annotations.NullMarked;
