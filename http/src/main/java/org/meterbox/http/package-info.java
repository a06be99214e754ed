// SPDX-License-Identifier: Apache-2.0
/**
 * What every HTTP listener needs against strangers: limits and deadlines of connections, bounded
 * request bodies, and TLS policies.
 */
@NullMarked
package org.meterbox.http;

import org.jspecify.annotations.NullMarked;
