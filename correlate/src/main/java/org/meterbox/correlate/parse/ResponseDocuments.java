// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.ServiceReferenceVariant;

/** Makes the documents of responses. */
final class ResponseDocuments {
  private ResponseDocuments() {}

  static Rendered render(
      GbcsMessage message, Optional<ServiceReferenceVariant> asked, SensitiveReader sensitive)
      throws DecodeException {
    GroupingHeader header = message.header();
    ClosedParts closed = new ClosedParts();
    Answer answer = Answer.read(message, sensitive, closed);
    Optional<UseCase> useCase = UseCases.all().find(header.messageCode());
    Optional<UseCase.Service> service =
        useCase.flatMap(known -> ServiceChoice.of(known, asked, header, answer));
    Optional<ServiceReferenceVariant> variant =
        asked.or(() -> service.map(UseCase.Service::variant));
    MmcWriter out = Documents.begin(message, variant);
    out.open("ResponseMessage");
    MmcWriter.Mark mark = out.mark();
    Optional<String> remark = Optional.empty();
    try {
      closed.render(message, out);
      content(useCase, service, answer, out);
      if (answer.metNonValue()) {
        // What is left out of the element stands in the octets.
        out.rewind(mark);
        closed.renderWithWhole(message, out);
        content(useCase, service, answer, out);
      }
    } catch (UnexpectedContentException e) {
      remark = Optional.of(e.reason());
      out.rewind(mark);
      ClosedParts.whole(message, out);
    }
    if (answer.outcome() != Outcome.SUCCESS) {
      answer.debug(out);
    }
    out.close();
    return new Rendered(Documents.end(out), sensitive.verdict(), variant, answer.outcome(), remark);
  }

  private static void content(
      Optional<UseCase> useCase, Optional<UseCase.Service> service, Answer answer, MmcWriter out)
      throws UnexpectedContentException {
    if (useCase.isEmpty() || service.isEmpty()) {
      throw new UnexpectedContentException(
          "the answer does not tell which Service Request it answers");
    }
    if (!service.get().hasElement()) {
      throw new UnexpectedContentException("MMC has no element for this Service Request");
    }
    out.open("SMETSData").open(service.get().element());
    out.attribute("MessageSuccess", Boolean.toString(answer.outcome() == Outcome.SUCCESS));
    answer.render(useCase.get(), out);
    out.close().close();
  }
}
