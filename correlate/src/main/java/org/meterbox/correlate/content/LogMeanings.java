// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import java.util.Optional;
import org.meterbox.gbcs.catalogue.AlertCatalogue;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.Octets;

/** What event and alert codes mean in words. */
public final class LogMeanings {
  /** MMC's limit for the meaning of an entry, in characters. */
  private static final int MAX_LOG_MEANING = 200;

  /** MMC's limit for the description of an alert, in characters. */
  private static final int MAX_ALERT_DESCRIPTION = 250;

  private static final int MESSAGE_CODE_OCTETS = 2;

  private LogMeanings() {}

  /** The meaning of an event code; empty where GBCS does not know it. */
  public static Optional<String> event(int code) {
    return AlertCatalogue.standard().find(code).map(m -> cut(m.title(), MAX_LOG_MEANING));
  }

  /** The meaning of an alert code, which MMC demands. */
  public static String alert(int code) {
    return AlertCatalogue.standard()
        .find(code)
        .map(meaning -> cut(meaning.title(), MAX_ALERT_DESCRIPTION))
        .orElse("Alert code not known");
  }

  /** The meaning of other information: two octets are the message code of what was received. */
  public static Optional<String> other(Octets information) {
    return information.length() == MESSAGE_CODE_OCTETS
        ? useCase((information.at(0) << 8) | information.at(1))
        : Optional.empty();
  }

  private static Optional<String> useCase(int messageCode) {
    return UseCaseCatalogue.standard()
        .find(new MessageCode(messageCode))
        .map(UseCase::title)
        .map(title -> cut(title, MAX_LOG_MEANING));
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
