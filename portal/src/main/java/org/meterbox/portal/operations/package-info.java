// SPDX-License-Identifier: Apache-2.0
/** The operations pages and their API, for whoever runs the system. */
@NullMarked
package org.meterbox.portal.operations;

import org.jspecify.annotations.NullMarked;
