// SPDX-License-Identifier: Apache-2.0
/** The SMKI Repository: every certificate with its status, and how to find one. */
@NullMarked
package org.meterbox.smki.repository;

import org.jspecify.annotations.NullMarked;
