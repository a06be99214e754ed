// SPDX-License-Identifier: Apache-2.0
/**
 * The fixed lists of DUIS 5.4 as typed data: Service Requests, response codes and DCC Alerts. The
 * facts stand in tables beside these classes; a table that does not read stops the program at its
 * first use.
 */
@NullMarked
package org.meterbox.kernel.catalogue;

import org.jspecify.annotations.NullMarked;
