// SPDX-License-Identifier: Apache-2.0
/** Signing and sending Service Requests, and the way of a critical one over its Pre-Command. */
@NullMarked
package org.meterbox.adapter.sending;

import org.jspecify.annotations.NullMarked;
