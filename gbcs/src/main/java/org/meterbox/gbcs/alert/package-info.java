// SPDX-License-Identifier: Apache-2.0
/**
 * What alerts say, in whichever language a device writes them: code, time, the content that the
 * message code prescribes, and the outcome of commands that waited for their time (GBCS section
 * 16).
 */
@NullMarked
package org.meterbox.gbcs.alert;

import org.jspecify.annotations.NullMarked;
