// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.response;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * Anything that the DSP sends to a user: an acknowledgement, a response or an alert.
 *
 * @param requestId the request that this answers; absent on alerts nobody asked for
 * @param responseId absent on synchronous answers; of a device's answer its identifier, the user's
 *     and the request's counter
 * @param code how the request was taken
 * @param dateTime when the DSP made the response; written in hundredths of a second
 * @param body the content
 */
public record Response(
    Optional<MessageId> requestId,
    Optional<MessageId> responseId,
    ResponseCode code,
    Instant dateTime,
    ResponseBody body) {

  /** A synchronous answer to a request. */
  public static Response synchronous(
      MessageId requestId,
      ServiceReferenceVariant variant,
      ResponseCode code,
      Instant dateTime,
      ResponseData data) {
    return new Response(
        Optional.of(requestId),
        Optional.empty(),
        code,
        dateTime,
        ResponseMessage.of(variant, data));
  }

  /** What came of a request at a device. */
  public static Response fromDevice(
      MessageId requestId,
      ServiceReferenceVariant variant,
      ResponseCode code,
      Instant dateTime,
      ResponseData data) {
    return new Response(
        Optional.of(requestId),
        Optional.of(requestId.answered()),
        code,
        dateTime,
        ResponseMessage.of(variant, data));
  }
}
