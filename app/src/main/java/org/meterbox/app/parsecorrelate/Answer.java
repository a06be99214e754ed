// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parsecorrelate;

import io.helidon.http.Status;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the service answers.
 *
 * @param result one word for the metrics
 * @param body a JSON object
 */
record Answer(Status status, String result, ObjectNode body) {
  /** Something is wrong with the question, or with this service. */
  static Answer error(Status status, String result, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", message);
    return new Answer(status, result, body);
  }

  /** The question cannot be read. */
  static Answer malformed(String message) {
    return error(Status.BAD_REQUEST_400, "malformed", message);
  }
}
