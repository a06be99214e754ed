// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.time.Duration;
import org.meterbox.app.system.Participant;
import org.meterbox.correlate.Correlation;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.kernel.Octets;

/** Told step by step what happens to a request, and shows it. */
interface SendReport {
  /** It is about to be sent. */
  void request(RequestDraft draft, Participant user);

  /** The Pre-Command is what was asked, and was signed. */
  void signed(Octets signedPreCommand);

  /** The Pre-Command is not what was asked: nothing was signed. */
  void notSigned(Correlation correlation, Octets preCommand);

  /** The DSP answered at once. */
  void acknowledged(Acknowledgement acknowledgement);

  /** Something was pushed. */
  void reply(Reply reply);

  /** Nothing was pushed in this time. */
  void nothing(Duration waited);

  /** It is over. */
  void end(SendOutcome outcome);
}
