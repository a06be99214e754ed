// SPDX-License-Identifier: Apache-2.0
/** The repository's query interface, as existing client tools speak it over HTTP. */
@NullMarked
package org.meterbox.smki.query;

import org.jspecify.annotations.NullMarked;
