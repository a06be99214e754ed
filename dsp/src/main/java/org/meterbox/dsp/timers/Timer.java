// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.timers;

import java.time.Duration;

/**
 * Work that is done again and again, by one process at a time.
 *
 * @param name the timer's name in the store
 * @param every from the end of one run to the start of the next
 * @param work what is done; what it throws is logged and does not stop the timer
 */
public record Timer(String name, Duration every, Runnable work) {}
