// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.duis.response.Response;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.kernel.catalogue.ResponseCode.Kind;

/**
 * What the DSP answered at once.
 *
 * @param answer as it came
 * @param rule why it refused, where the operators' side of the DSP tells
 */
record Acknowledgement(Answer answer, Optional<String> rule) {
  private static final int TEXT_OCTETS_MAX = 500;

  /** How the request ended with it; empty where a response is to come. */
  Optional<SendOutcome> outcome() {
    return switch (answer) {
      case Answer.Verified(Response response, Octets _) -> outcome(response.code());
      case Answer.Rejected(int status, String _, Octets _) ->
          Optional.of(status == 200 ? SendOutcome.FAILED : SendOutcome.REFUSED);
    };
  }

  private static Optional<SendOutcome> outcome(ResponseCode code) {
    if (code.equals(ResponseCode.I99)) {
      return Optional.empty();
    }
    return Optional.of(code.kind() == Kind.ERROR ? SendOutcome.REFUSED : SendOutcome.ANSWERED);
  }

  /** The code and its meaning, or why there is none, in a line. */
  String line() {
    return switch (answer) {
      case Answer.Verified(Response response, Octets _) ->
          String.format(Locale.ROOT, "%s: %s", response.code(), meaning(response.code()));
      case Answer.Rejected(int status, String reason, Octets body) ->
          String.format(Locale.ROOT, "HTTP %s, %s%s", status, reason, text(body));
    };
  }

  /** The document, or whatever else came. */
  Octets document() {
    return switch (answer) {
      case Answer.Verified(Response _, Octets document) -> document;
      case Answer.Rejected(int _, String _, Octets body) -> body;
    };
  }

  /** Many codes have no meaning that is public: the rule stands for it then. */
  private String meaning(ResponseCode code) {
    Optional<String> known = code.meaning();
    if (known.isPresent()) {
      return rule.map(broken -> known.get() + ": " + broken).orElse(known.get());
    }
    return rule.orElse(
        "the DSP's reason is not to be had: ask its operators' port, or look into its log");
  }

  /** The gateway says in a line of text what is wrong with a document that is no request. */
  private static String text(Octets body) {
    String text = new String(body.toArray(), StandardCharsets.UTF_8).strip();
    boolean readable =
        !text.isEmpty()
            && text.length() <= TEXT_OCTETS_MAX
            && text.charAt(0) != '<'
            && text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\uFFFD');
    return readable ? ": " + text : "";
  }
}
