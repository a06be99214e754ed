// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.PartialHeader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.Refusal;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.transform.Mapping;
import org.meterbox.transform.Subject;
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult;

/**
 * From one file to one message.
 *
 * @param knowledge about devices and users
 * @param originRule in whose name commands go out
 * @param delivery makes commands ready
 */
record RequestTranslator(Knowledge knowledge, OriginRule originRule, Delivery delivery) {
  private static final String PRE_COMMAND = ".PRECOMMAND.HEX";
  private static final String COMMAND = ".COMMAND.HEX";
  private static final DuisReader READER = new DuisReader();

  /** There is no message for the file; the exception's message says why. */
  static final class UntranslatedException extends Exception {
    private static final long serialVersionUID = 1L;

    UntranslatedException(String reason) {
      super(reason);
    }
  }

  /**
   * A message.
   *
   * @param target its file, relative to the output directory
   */
  record Translated(Path target, Octets message) {}

  /** Translates one request. */
  Translated translate(RequestFile file) throws UntranslatedException, IOException {
    return switch (READER.readRequest(content(file))) {
      case Refused<ServiceRequest>(Refusal refusal, PartialHeader _) ->
          throw new UntranslatedException(refusal.toString());
      case Valid<ServiceRequest>(ServiceRequest request) -> {
        try {
          Optional<SignedPreCommand> signed = request.signedPreCommand();
          yield signed.isPresent()
              ? new Translated(file.target(COMMAND), delivered(signed.get()))
              : translate(file, request);
        } catch (ElementException unfit) {
          throw new UntranslatedException(String.valueOf(unfit.getMessage()));
        }
      }
    };
  }

  private Translated translate(RequestFile file, ServiceRequest request)
      throws UntranslatedException, ElementException {
    requireDeviceRequest(request);
    Optional<TransformResult.Refused> contradiction = Transform.standard().contradiction(request);
    if (contradiction.isPresent()) {
      throw refused(contradiction.get());
    }
    Subject subject = knowledge.subject(request, file);
    Optional<Mapping> mapping = Transform.standard().mapping(subject);
    if (mapping.isEmpty()) {
      throw new UntranslatedException(
          String.format(
              Locale.ROOT,
              "%s for a %s is not translated",
              request.serviceReferenceVariant(),
              subject.device().type()));
    }
    try {
      TransformResult result =
          Transform.standard().translate(subject, originRule.of(subject, mapping.get()));
      return switch (result) {
        case TransformResult.Critical(GbcsMessage.PreCommand preCommand) ->
            new Translated(file.target(PRE_COMMAND), preCommand.encode());
        case TransformResult.NonCritical(GbcsMessage.UnsecuredCommand command) ->
            new Translated(file.target(COMMAND), delivery.of(command));
        case TransformResult.Refused refused -> throw refused(refused);
        case TransformResult.NotYetTranslated(String reason) ->
            throw new UntranslatedException(reason);
      };
    } catch (OriginRule.NoPartyException unknown) {
      throw new UntranslatedException(String.valueOf(unknown.getMessage()));
    }
  }

  private static UntranslatedException refused(TransformResult.Refused refused) {
    return new UntranslatedException(refused.code() + ": " + refused.reason());
  }

  private static void requireDeviceRequest(ServiceRequest request) throws UntranslatedException {
    boolean nonDevice =
        ServiceRequestCatalogue.current()
            .find(request.serviceReferenceVariant())
            .map(ServiceRequestEntry::nonDevice)
            .orElse(false);
    if (nonDevice) {
      throw new UntranslatedException(
          String.format(
              Locale.ROOT,
              "%s has no command: the DSP answers it itself",
              request.serviceReferenceVariant()));
    }
  }

  private Octets delivered(SignedPreCommand signed) throws UntranslatedException {
    try {
      if (GbcsMessage.decode(signed.gbcsPayload())
          instanceof GbcsMessage.SignedPreCommand preCommand) {
        return delivery.of(preCommand);
      }
    } catch (DecodeException malformed) {
      throw new UntranslatedException("GBCSPayload: " + malformed.getMessage());
    }
    throw new UntranslatedException("GBCSPayload is not a Signed Pre-Command");
  }

  private static Octets content(RequestFile file) throws IOException {
    try {
      return file.file().read(XmlLimits.DUIS.octets());
    } catch (NoSuchFileException absent) {
      throw new IOException("there is no such file", absent);
    }
  }
}
