// SPDX-License-Identifier: Apache-2.0
/**
 * The registration authority: how organisations and the people who act for them are let in (SMKI
 * Registration Authority Policies and Procedures, RAPP).
 */
@NullMarked
package org.meterbox.smki.registration;

import org.jspecify.annotations.NullMarked;
