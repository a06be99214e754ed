// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.firmware;

import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.meterbox.crypto.Sha256;
import org.meterbox.crypto.VerificationException;
import org.meterbox.devices.machine.AlertDraft;
import org.meterbox.devices.machine.Asn1Handler;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceFunction;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.FirmwareState;
import org.meterbox.devices.machine.FirmwareState.Image;
import org.meterbox.devices.machine.FirmwareState.PendingActivation;
import org.meterbox.devices.machine.LocalEvent;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivateFirmware;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAccepted;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationResult;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.transfer.FirmwareImage;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Receives firmware and activates it: at once, or at a time that the command names, of which the
 * supplier is told then (GBCS CS06).
 *
 * @param <F> the state of the device's function
 */
public final class FirmwareFunction<F> implements DeviceFunction<F> {
  /** The event code for an image that is good. */
  public static final int VERIFIED = 0x8F72;

  /** The event code for an image that is not. */
  public static final int VERIFICATION_FAILED = 0x8F1C;

  private static final int VERSION_CHANGED = 0x8F43;
  private static final MessageCode ALERT = new MessageCode(0x00CA);

  private static final int SUCCESS = 0;
  private static final int NO_IMAGE_HELD = 1;
  private static final int HASH_MISMATCH = 2;

  private final FirmwareVersions<F> versions;

  /** The function of a kind of device. */
  public FirmwareFunction(FirmwareVersions<F> versions) {
    this.versions = versions;
  }

  /**
   * The arrival of an image. One that is signed and headed as it should be takes the place of the
   * image that waited; any other changes nothing. Either way the supplier is told.
   *
   * @param distributed the whole image as it is distributed
   * @param manufacturer whose signature it must carry
   */
  public LocalEvent<F> received(Octets distributed, ECPublicKey manufacturer) {
    Optional<Image> image = verified(distributed, manufacturer);
    Octets hash = image.map(Image::hash).orElseGet(() -> nameOf(distributed));
    return transition -> {
      image.ifPresent(
          good -> transition.update(state -> state.withFirmware(state.firmware().withHeld(good))));
      versions.received(transition, image.isPresent() ? VERIFIED : VERIFICATION_FAILED, hash);
    };
  }

  private static Optional<Image> verified(Octets distributed, ECPublicKey manufacturer) {
    try {
      FirmwareImage image = FirmwareImage.decode(distributed);
      image.verify(manufacturer);
      return Optional.of(new Image(image.hash(), OtaHeader.fileVersion(image.manufacturerImage())));
    } catch (DecodeException | VerificationException notGood) {
      return Optional.empty();
    }
  }

  /** What is no image at all is named by all its octets. */
  private static Octets nameOf(Octets distributed) {
    try {
      return FirmwareImage.decode(distributed).hash();
    } catch (DecodeException noImage) {
      return Sha256.of(distributed);
    }
  }

  /** Forgets an activation that waits: another supplier is in charge. */
  public static <F> void forget(Transition<F> transition) {
    transition.update(state -> state.withFirmware(state.firmware().withoutPending()));
  }

  @Override
  public Map<String, DeviceModel.Handler<F>> handlers() {
    return Map.of("CS06", Asn1Handler.of(ActivateFirmware.class, this::activate));
  }

  @Override
  public Instant next(DeviceState<F> state) {
    return state.firmware().pending().map(PendingActivation::at).orElse(Instant.MAX);
  }

  @Override
  public void due(Transition<F> transition) {
    Optional<PendingActivation> pending = transition.state().firmware().pending();
    if (pending.isEmpty() || pending.get().at().isAfter(transition.now())) {
      return;
    }
    transition.update(state -> state.withFirmware(state.firmware().withoutPending()));
    ActivationResult result = activate(transition, pending.get().hash());
    int code = result.code() == SUCCESS ? FutureDatedOutcome.SUCCEEDED : FutureDatedOutcome.FAILED;
    ActivationAlert alert =
        new ActivationAlert(
            code, GeneralizedTime.of(transition.now()), pending.get().counter(), result);
    transition.alert(
        AlertDraft.toOriginator(
            ALERT,
            RemotePartyRole.SUPPLIER,
            pending.get().originator(),
            (_, _) -> Asn1Payload.of(alert).encode()));
    transition.happened(new DeviceEvent.Logged(code));
  }

  private Execution activate(Transition<F> transition, Call call, ActivateFirmware command) {
    if (!command.originatorCounter().equals(call.command().messageId().counter())) {
      return new Execution.Malformed();
    }
    if (command.executionDateTime().filter(GeneralizedTime.NEVER::equals).isPresent()) {
      transition.update(state -> state.withFirmware(state.firmware().withoutPending()));
      return Asn1Handler.answer(new ActivationAccepted());
    }
    Optional<Instant> at = command.executionDateTime().flatMap(GeneralizedTime::instant);
    if (command.executionDateTime().isPresent() && at.isEmpty()) {
      return new Execution.Malformed();
    }
    if (at.filter(time -> time.isAfter(transition.now())).isEmpty()) {
      return Asn1Handler.answer(activate(transition, command.imageHash()));
    }
    PendingActivation pending =
        new PendingActivation(
            at.get(),
            command.imageHash(),
            command.originatorCounter(),
            call.command().messageId().originator());
    transition.update(state -> state.withFirmware(state.firmware().withPending(pending)));
    return Asn1Handler.answer(new ActivationAccepted());
  }

  /** An image that was activated is held no longer. */
  private ActivationResult activate(Transition<F> transition, Octets hash) {
    FirmwareState firmware = transition.state().firmware();
    Octets before = versions.running(transition.function());
    if (firmware.held().isEmpty()) {
      return new ActivationResult(NO_IMAGE_HELD, before);
    }
    Image image = firmware.held().get();
    if (!image.hash().equals(hash)) {
      return new ActivationResult(HASH_MISMATCH, before);
    }
    transition.update(state -> state.withFirmware(state.firmware().withoutHeld()));
    transition.updateFunction(function -> versions.withRunning(function, image.version()));
    if (!image.version().equals(before)) {
      versions.changed(transition, VERSION_CHANGED);
    }
    return new ActivationResult(SUCCESS, image.version());
  }
}
