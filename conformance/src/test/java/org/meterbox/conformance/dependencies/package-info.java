// SPDX-License-Identifier: Apache-2.0
/** What is shipped beside our own code: the bill of materials, and known faults in it. */
@NullMarked
package org.meterbox.conformance.dependencies;

import org.jspecify.annotations.NullMarked;
