// SPDX-License-Identifier: Apache-2.0
/**
 * What the GBCS use cases are: message codes, who may send what to which device, how it is
 * protected, and which objects it addresses.
 */
@NullMarked
package org.meterbox.gbcs.catalogue;

import org.jspecify.annotations.NullMarked;
