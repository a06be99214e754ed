// SPDX-License-Identifier: Apache-2.0
/** What a user's own programs are told: a durable log of events, and webhooks fed from it. */
@NullMarked
package org.meterbox.adapter.events;

import org.jspecify.annotations.NullMarked;
