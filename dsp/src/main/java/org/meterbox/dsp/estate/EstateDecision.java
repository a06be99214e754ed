// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.List;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.kernel.catalogue.ResponseCode;

/** What the DSP does with a request of device estate management. */
public sealed interface EstateDecision {
  /** It is turned down. */
  record Refused(Refusal refusal) implements EstateDecision {}

  /**
   * It is done.
   *
   * @param consequences what is stored and told with the answer
   */
  record Done(ResponseCode code, ResponseData data, List<Consequence> consequences)
      implements EstateDecision {
    /** Keeps an unchangeable copy. */
    public Done {
      consequences = List.copyOf(consequences);
    }
  }

  /** Done without a result. */
  static EstateDecision done(List<Consequence> consequences) {
    return new Done(ResponseCode.I0, new ResponseData.Nothing(), consequences);
  }

  /** Refused with a code of the service. */
  static EstateDecision refused(EstateCode code, String rule) {
    return new Refused(new Refusal(code.code(), rule));
  }

  /** Refused with a code that holds for every service. */
  static EstateDecision refused(ResponseCode code, String rule) {
    return new Refused(new Refusal(code, rule));
  }
}
