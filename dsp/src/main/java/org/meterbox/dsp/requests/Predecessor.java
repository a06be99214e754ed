// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

/**
 * What is known about the request that another one of a sequence names as its predecessor.
 *
 * @param state where it stands
 * @param position its own place in the sequence; 0 where it waits for its own predecessor
 * @param inSequence whether it said itself that it belongs to a sequence
 */
public record Predecessor(RequestState state, int position, boolean inSequence) {}
