// SPDX-License-Identifier: Apache-2.0
/**
 * XML as DUIS uses it: an immutable tree of elements with typed values, hardened reading within
 * named limits, and writing that gives canonical text.
 */
@NullMarked
package org.meterbox.duis.xml;

import org.jspecify.annotations.NullMarked;
