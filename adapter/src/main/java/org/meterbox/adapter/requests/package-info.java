// SPDX-License-Identifier: Apache-2.0
/** Service Requests that clients asked for, from the acceptance to the result. */
@NullMarked
package org.meterbox.adapter.requests;

import org.jspecify.annotations.NullMarked;
