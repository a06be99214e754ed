// SPDX-License-Identifier: Apache-2.0
/**
 * Access control: who may ask what of which device, when, and through which door. Pure rules; what
 * they look at is read by others.
 */
@NullMarked
package org.meterbox.dsp.access;

import org.jspecify.annotations.NullMarked;
