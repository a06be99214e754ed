// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.portal.web.Reply;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** The views of pages as JSON: the same fields under the same names. */
public final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Eui64.class, new ToStringSerializer(Eui64.class))
                  .addSerializer(MessageId.class, new ToStringSerializer(MessageId.class)))
          .build();

  private JsonText() {}

  /** The view as one JSON text; times are UTC in ISO 8601. */
  public static String of(Object view) {
    return MAPPER.writeValueAsString(view);
  }

  /** The view as an answer. */
  public static Reply reply(int status, Object view) {
    return Reply.text(status, "application/json", of(view));
  }
}
