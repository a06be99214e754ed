// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

/** A hub's end of its connection. */
public interface HubLink extends AutoCloseable {
  /** The hub keeps something for the DSP: it is fetched as soon as possible, without waiting. */
  void uplinkWaiting();

  /** The hub goes off: what is meant for it waits until it connects again or may wait no longer. */
  @Override
  void close();
}
