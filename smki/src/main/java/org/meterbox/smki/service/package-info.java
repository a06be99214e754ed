// SPDX-License-Identifier: Apache-2.0
/** The key infrastructures as a running service: HTTPS, batches at work, lists signed on time. */
@NullMarked
package org.meterbox.smki.service;

import org.jspecify.annotations.NullMarked;
