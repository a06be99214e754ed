// SPDX-License-Identifier: Apache-2.0
/**
 * Words that every room shares: identifiers, roles, octets and their bounded readers and writers.
 * Imports nothing but the JDK.
 */
@NullMarked
package org.meterbox.kernel;

import org.jspecify.annotations.NullMarked;
