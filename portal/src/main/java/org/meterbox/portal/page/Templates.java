// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.meterbox.portal.web.Reply;

/**
 * Pages made of the templates in src/main/jte, which are compiled when this room is built. Every
 * value is escaped for the place where it stands.
 */
public final class Templates {
  private static final @Nullable Path ON_THE_CLASS_PATH = null;
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          ON_THE_CLASS_PATH,
          ContentType.Html,
          Templates.class.getClassLoader(),
          "org.meterbox.portal.template");

  private Templates() {}

  /**
   * A page.
   *
   * @param template the name of a template that takes a frame and a view
   */
  public static Reply page(int status, String template, PageFrame frame, Object view) {
    return html(status, template, Map.of("frame", frame, "view", view));
  }

  /** A part of a page, for scripts that put it in place of the one there. */
  public static Reply part(String template, Object view) {
    return html(200, template, Map.of("view", view));
  }

  private static Reply html(int status, String template, Map<String, Object> parameters) {
    StringOutput output = new StringOutput();
    ENGINE.render(template + ".jte", parameters, output);
    return Reply.text(status, "text/html; charset=utf-8", output.toString());
  }
}
