// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.wan.Acceptance;
import org.meterbox.wan.Downlink;
import org.meterbox.wan.SmWan;

/** An SM WAN that delivers nothing and remembers everything. */
public final class RecordingWan implements SmWan {
  private final List<Downlink> sent = new CopyOnWriteArrayList<>();
  private final List<MessageId> withdrawn = new CopyOnWriteArrayList<>();
  private volatile boolean full;
  private volatile Runnable beforeSending = () -> {};

  @Override
  public Acceptance send(Downlink downlink) {
    if (full) {
      return new Acceptance.Refused(Acceptance.Reason.QUEUE_FULL);
    }
    Runnable before = beforeSending;
    beforeSending = () -> {};
    before.run();
    sent.add(downlink);
    return Acceptance.Accepted.VALUE;
  }

  @Override
  public void withdraw(Eui64 device, MessageId correlation) {
    withdrawn.add(correlation);
  }

  /** Happens once, just before the next message is taken. */
  public void beforeSending(Runnable happening) {
    beforeSending = happening;
  }

  /** What was taken back. */
  public List<MessageId> withdrawn() {
    return List.copyOf(withdrawn);
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
