// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import java.util.Optional;
import org.meterbox.crypto.SigningKey;
import org.meterbox.devices.machine.Asn1Handler;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.EventRecorder;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.Transition;
import org.meterbox.devices.security.CertificationRequest;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.PartyCertificate;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CertificateView;
import org.meterbox.gbcs.asn1.DeviceCertificateContent;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.DeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentials;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentialsFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificateFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificate;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificateResult;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.kernel.DecodeException;

/**
 * A device's own key pairs and certificates: a new pair (CS02c), its certificate (CS02d), reading
 * the certificate in use (CS02e). The pair in use stays so until its successor's certificate has
 * come.
 */
final class OwnCredentials<F> {
  private static final int SIGNING_REPLACEMENT_FAILED = 0x8F4C;
  private static final int SIGNING_REPLACED = 0x8F4D;
  private static final int AGREEMENT_REPLACEMENT_FAILED = 0x8F4E;
  private static final int AGREEMENT_REPLACED = 0x8F4F;

  private static final int SUCCESS = 0;
  private static final int INVALID_CERTIFICATE = 1;
  private static final int WRONG_DEVICE_IDENTITY = 2;
  private static final int INVALID_KEY_USAGE_IN_CERTIFICATE = 3;
  private static final int NO_CORRESPONDING_KEY_PAIR = 4;
  private static final int WRONG_PUBLIC_KEY = 5;

  private static final int INVALID_KEY_USAGE = 1;
  private static final int NO_CERTIFICATE_HELD = 2;

  private final EventRecorder<F> events;

  OwnCredentials(EventRecorder<F> events) {
    this.events = events;
  }

  Execution issue(Transition<F> transition, Call call, IssueCredentials command) {
    Optional<KeyUse> use = use(command.keyUsage());
    if (use.isEmpty()) {
      return Asn1Handler.answer(new IssueCredentialsFailure(INVALID_KEY_USAGE));
    }
    DeviceKeys keys = transition.state().keys().withNewPair(use.get());
    transition.update(state -> state.withCredentials(held -> held.withKeys(keys)));
    SigningKey fresh = keys.pending(use.get()).orElseThrow();
    return Asn1Handler.answer(
        new DeviceCertificateContent.CertificationRequest(
            CertificationRequest.of(transition.state().id(), use.get(), fresh)));
  }

  Execution update(Transition<F> transition, Call call, UpdateDeviceCertificate command) {
    Certificate certificate = command.certificate();
    Optional<KeyUse> use = view(certificate).flatMap(view -> view.keyUsage()).flatMap(this::use);
    int result = check(transition, certificate, use);
    if (result == SUCCESS) {
      KeyUse replaced = use.orElseThrow();
      transition.update(state ->
          state.withCredentials(held ->
              held.withKeys(held.keys().withPendingInUse(replaced))
                  .withCertificate(replaced, certificate.octets())));
    }
    record(transition, use, result == SUCCESS);
    return Asn1Handler.answer(new UpdateDeviceCertificateResult(result));
  }

  private int check(Transition<F> transition, Certificate certificate, Optional<KeyUse> use) {
    Optional<CertificateView> view = view(certificate);
    if (view.isEmpty()) {
      return INVALID_CERTIFICATE;
    }
    if (view.get().role().isPresent()
        || view.get().subject().filter(transition.state().id()::equals).isEmpty()) {
      return WRONG_DEVICE_IDENTITY;
    }
    if (use.isEmpty()) {
      return INVALID_KEY_USAGE_IN_CERTIFICATE;
    }
    Optional<SigningKey> pending = transition.state().keys().pending(use.get());
    if (pending.isEmpty()) {
      return NO_CORRESPONDING_KEY_PAIR;
    }
    return pending.get().publicKey().equals(view.get().publicKey()) ? SUCCESS : WRONG_PUBLIC_KEY;
  }

  /** A certificate that is for no key of a device fails as one for its signing key. */
  private void record(Transition<F> transition, Optional<KeyUse> use, boolean isReplaced) {
    boolean isAgreement = use.filter(KeyUse.KEY_AGREEMENT::equals).isPresent();
    int failed = isAgreement ? AGREEMENT_REPLACEMENT_FAILED : SIGNING_REPLACEMENT_FAILED;
    int replaced = isAgreement ? AGREEMENT_REPLACED : SIGNING_REPLACED;
    events.record(transition, isReplaced ? replaced : failed);
  }

  Execution provide(Transition<F> transition, Call call, ProvideDeviceCertificate command) {
    Optional<KeyUse> use = use(command.keyUsage());
    if (use.isEmpty()) {
      return Asn1Handler.answer(new ProvideDeviceCertificateFailure(INVALID_KEY_USAGE));
    }
    return Optional.ofNullable(transition.state().certificates().get(use.get()))
        .map(held -> Asn1Handler.answer(new DeviceCertificate(new Certificate(held))))
        .orElseGet(
            () -> Asn1Handler.answer(new ProvideDeviceCertificateFailure(NO_CERTIFICATE_HELD)));
  }

  private static Optional<CertificateView> view(Certificate certificate) {
    if (certificate.octets().length() > PartyCertificate.MAX_OCTETS) {
      return Optional.empty();
    }
    try {
      return Optional.of(certificate.view());
    } catch (DecodeException notOfProfile) {
      return Optional.empty();
    }
  }

  /** Exactly one of the two uses that a device's keys have. */
  private Optional<KeyUse> use(KeyUsage usage) {
    if (usage.equals(KeyUsage.DIGITAL_SIGNATURE)) {
      return Optional.of(KeyUse.DIGITAL_SIGNATURE);
    }
    return usage.equals(KeyUsage.KEY_AGREEMENT)
        ? Optional.of(KeyUse.KEY_AGREEMENT)
        : Optional.empty();
  }
}
