// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.transform;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.app.transform.FileInventory.Addressed;
import org.meterbox.dsp.commands.CommandPolicy;
import org.meterbox.dsp.commands.CommandResult;
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
import org.meterbox.transform.Transform;
import org.meterbox.transform.TransformResult;

/**
 * From one file to one message.
 *
 * @param inventory which device a request is for, and in which role it is sent
 * @param policy makes the commands, as in the DSP
 */
record RequestTranslator(FileInventory inventory, CommandPolicy policy) {
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
          yield signed.isPresent() ? withMac(file, signed.get()) : translate(file, request);
        } catch (ElementException unfit) {
          throw new UntranslatedException(String.valueOf(unfit.getMessage()));
        }
      }
    };
  }

  private Translated translate(RequestFile file, ServiceRequest request)
      throws UntranslatedException {
    requireDeviceRequest(request);
    Optional<TransformResult.Refused> contradiction = Transform.standard().contradiction(request);
    if (contradiction.isPresent()) {
      throw refused(contradiction.get());
    }
    Addressed addressed = inventory.addressed(request, file, policy);
    return translated(file, policy.command(request, addressed.device(), addressed.role()));
  }

  private static Translated translated(RequestFile file, CommandResult result)
      throws UntranslatedException {
    return switch (result) {
      case CommandResult.PreCommand(var _, Octets octets) ->
          new Translated(file.target(PRE_COMMAND), octets);
      case CommandResult.Command(var _, Octets octets) ->
          new Translated(file.target(COMMAND), octets);
      case CommandResult.Refused(var code, String rule) ->
          throw new UntranslatedException(
              code.equals(CommandResult.NO_PUBLIC_CODE) ? rule : code + ": " + rule);
    };
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

  private Translated withMac(RequestFile file, SignedPreCommand signed)
      throws UntranslatedException {
    try {
      if (GbcsMessage.decode(signed.gbcsPayload())
          instanceof GbcsMessage.SignedPreCommand preCommand) {
        return translated(file, policy.withMac(preCommand));
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
