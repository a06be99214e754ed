// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meterbox.wan.Acceptance;
import org.meterbox.wan.Downlink;
import org.meterbox.wan.SmWan;

/** An SM WAN that delivers nothing and remembers everything. */
public final class RecordingWan implements SmWan {
  private final List<Downlink> sent = new CopyOnWriteArrayList<>();
  private volatile boolean full;

  @Override
  public Acceptance send(Downlink downlink) {
    if (full) {
      return new Acceptance.Refused(Acceptance.Reason.QUEUE_FULL);
    }
    sent.add(downlink);
    return Acceptance.Accepted.VALUE;
  }

  /** Takes nothing any more, or everything again. */
  public void full(boolean isFull) {
    full = isFull;
  }

  public List<Downlink> sent() {
    return List.copyOf(sent);
  }

  public Downlink last() {
    return sent.getLast();
  }
}
