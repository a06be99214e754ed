// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.util.Set;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleRemovalReason;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.catalogue.DccAlertCode;

/**
 * What follows in the DSP from a service that it carries out or from what a device has said, beside
 * the answer. All of it is stored in one transaction with its cause.
 */
public sealed interface Consequence {
  /** A schedule ends, and its owner is told. */
  record EndSchedule(Schedule schedule, ScheduleRemovalReason reason) implements Consequence {}

  /** A request that the DSP holds is cancelled, and its sender is told. */
  record CancelHeld(StoredRequest request, CancellationReason reason) implements Consequence {}

  /**
   * A device is announced.
   *
   * @param by who announces it
   */
  record AddDevice(Device device, Eui64 by) implements Consequence {}

  /** A device changes in the inventory. */
  record ChangeDevice(Device before, Device after, SmiTrigger trigger) implements Consequence {}

  /** A device is removed from the inventory. */
  record DeleteDevice(Device before, SmiTrigger trigger) implements Consequence {}

  /** The installer of a hub has named a meter point of the premises. */
  record InstallHub(Eui64 hub, Mpxn at) implements Consequence {}

  /**
   * A hub has taken a change of its device log, and is to report the log until this time.
   *
   * @param request the 8.11 request
   */
  record AwaitLog(MessageId request, Eui64 device, boolean adds, Instant until)
      implements Consequence {}

  /** A hub has confirmed a change of its device log, or it is not waited for any longer. */
  record ForgetLog(MessageId request) implements Consequence {}

  /** A device holds another one in its own device log now. */
  record Join(Eui64 device, Eui64 other) implements Consequence {}

  /** A device holds another one in its own device log no longer. */
  record Unjoin(Eui64 device, Eui64 other) implements Consequence {}

  /**
   * Users are told by a DCC Alert.
   *
   * @param alert the element within DCCAlert
   */
  record Tell(DccAlertCode code, XmlElement alert, Set<Eui64> recipients) implements Consequence {
    /** Keeps an unchangeable copy. */
    public Tell {
      recipients = Set.copyOf(recipients);
    }
  }
}
