// SPDX-License-Identifier: Apache-2.0
/** The adapter as a service: its JSON API, its clients, its settings. */
@NullMarked
package org.meterbox.adapter.service;

import org.jspecify.annotations.NullMarked;
