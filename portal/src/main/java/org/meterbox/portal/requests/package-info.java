// SPDX-License-Identifier: Apache-2.0
/**
 * Service Requests as pages show them: lists, and the way of one from the gateway to a device and
 * back.
 */
@NullMarked
package org.meterbox.portal.requests;

import org.jspecify.annotations.NullMarked;
