// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.events;

/**
 * An event as clients read it.
 *
 * @param position its place in the log
 * @param kind what it tells
 * @param body one JSON object
 */
public record Event(long position, EventKind kind, String body) {}
