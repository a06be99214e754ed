// SPDX-License-Identifier: Apache-2.0
/**
 * What every web interface of the key infrastructures shares: who is asking, what may come in, and
 * what goes out with every answer.
 */
@NullMarked
package org.meterbox.portal.web;

import org.jspecify.annotations.NullMarked;
