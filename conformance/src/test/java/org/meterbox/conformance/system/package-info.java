// SPDX-License-Identifier: Apache-2.0
/** What the whole running system does with the official example requests. */
@NullMarked
package org.meterbox.conformance.system;

import org.jspecify.annotations.NullMarked;
