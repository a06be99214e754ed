// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GbcsMessage.UnsecuredCommand;
import org.meterbox.kernel.catalogue.ResponseCode;

/** The result of a translation. */
public sealed interface TransformResult {
  /** A critical request: the user is to check and sign the Pre-Command. */
  record Critical(PreCommand preCommand) implements TransformResult {}

  /** A non-critical request: the broker is to add its MAC. */
  record NonCritical(UnsecuredCommand command) implements TransformResult {}

  /**
   * The request has no form in the device language.
   *
   * @param code the specified response code
   * @param reason one sentence for a log or a person
   */
  record Refused(ResponseCode code, String reason) implements TransformResult {}

  /**
   * This version of Meterbox does not translate the request yet; no response code is specified for
   * that.
   *
   * @param reason one sentence for a person
   */
  record NotYetTranslated(String reason) implements TransformResult {}
}
