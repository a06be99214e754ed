// SPDX-License-Identifier: Apache-2.0
/** The key infrastructures as a running service: HTTPS, and batches at work. */
@NullMarked
package org.meterbox.portal.smki.service;

import org.jspecify.annotations.NullMarked;
