// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dump;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.gbcs.asn1.CellStatus;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CertificateView;
import org.meterbox.gbcs.asn1.ClockContent.ClockReading;
import org.meterbox.gbcs.asn1.CredentialControl;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.IssueCredentialsFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.ProvideDeviceCertificateFailure;
import org.meterbox.gbcs.asn1.DeviceCertificateContent.UpdateDeviceCertificateResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.Join;
import org.meterbox.gbcs.asn1.DeviceLogContent.JoinResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.UnjoinResult;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationResult;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareTransferAlert;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.UpdateOutcome;
import org.meterbox.gbcs.catalogue.Layout;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * Any record by the names of its components: the payloads in ASN.1 and the details of alerts are
 * records whose names are those of the specification. Looks at them by reflection, which no message
 * on its way depends on.
 */
final class RecordDump {
  private static final Set<String> SECRETS = Set.of("plaintextSymmetricKey");

  /** Stands in place of a secret, not in quotes as text would. */
  private static final Object NOT_SHOWN =
      new Object() {
        @Override
        public String toString() {
          return "(not shown)";
        }
      };

  private RecordDump() {}

  /** The record's name in words, for example "update credentials". */
  static String title(Record value) {
    return words(value.getClass().getSimpleName());
  }

  /** All components, one a line. */
  static void components(Page page, Record value) {
    inWords(value).ifPresent(words -> page.line("meaning", words));
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object content = content(component, value);
      boolean secret = SECRETS.contains(component.getName()) && !content.equals(Optional.empty());
      line(page, words(component.getName()), secret ? NOT_SHOWN : content);
    }
  }

  private static void line(Page page, String name, Object content) {
    switch (content) {
      case Optional<?> optional -> optional.ifPresent(present -> line(page, name, present));
      case List<?> list -> list(page, name, list);
      case DlmsValue value -> DlmsDump.value(page, name, value, Layout.UNKNOWN);
      case Certificate certificate -> certificate(page, name, certificate);
      case Eui64 eui -> page.line(name, eui.dashed());
      case Octets octets -> page.line(name, Page.hex(octets));
      case OriginatorCounter counter -> page.line(name, counter.toString());
      case GeneralizedTime time ->
          page.line(name, time.equals(GeneralizedTime.NEVER) ? "never" : time.toString());
      case DlmsDateTime time -> page.line(name, time.toString());
      case KeyUsage usage -> page.line(name, usage.toString());
      case ECPublicKey key -> page.line(name, "P-256, x " + key.getW().getAffineX().toString(16));
      case MessageCode code -> page.line(name, code + useCase(code));
      case Cluster cluster -> page.line(name, cluster.toString());
      case CosemAttribute attribute -> page.line(name, attribute.toString());
      case String words -> page.line(name, Page.quoted(words));
      case Record nested -> {
        page.title(name);
        page.indented(() -> components(page, nested));
      }
      default -> page.line(name, content.toString());
    }
  }

  private static void list(Page page, String name, List<?> list) {
    if (list.isEmpty() || list.getFirst() instanceof Number) {
      page.line(name, list.toString());
      return;
    }
    page.line(name, String.format(Locale.ROOT, "%d entries", list.size()));
    page.indented(() -> {
      for (int i = 0; i < list.size(); i++) {
        line(page, String.format(Locale.ROOT, "[%d]", i + 1), list.get(i));
      }
    });
  }

  private static void certificate(Page page, String name, Certificate certificate) {
    page.line(name, String.format(Locale.ROOT, "%d octets", certificate.octets().length()));
    try {
      CertificateView view = certificate.view();
      page.indented(() -> components(page, view));
    } catch (DecodeException unreadable) {
      page.indented(() -> page.line("unreadable", String.valueOf(unreadable.getMessage())));
    }
  }

  private static String useCase(MessageCode code) {
    return UseCaseCatalogue.standard()
        .find(code)
        .map(found -> String.format(Locale.ROOT, " (%s %s)", found.name(), found.title()))
        .orElse("");
  }

  /** The words behind a record's code. */
  private static Optional<String> inWords(Record value) {
    return switch (value) {
      case JoinResult result -> Optional.of(result.name());
      case UnjoinResult result -> Optional.of(result.name());
      case DeviceLog log -> Optional.of(log.name());
      case Join join -> Optional.of(join.methodName());
      case DeviceLogEntry entry -> Optional.of(entry.typeName());
      case IssueCredentialsFailure failure -> Optional.of(failure.name());
      case ProvideDeviceCertificateFailure failure -> Optional.of(failure.name());
      case UpdateDeviceCertificateResult result -> Optional.of(result.name());
      case ActivationResult result -> Optional.of(result.name());
      case FirmwareTransferAlert alert -> Optional.of(alert.name());
      case ClockReading reading -> Optional.of(reading.status());
      case CredentialControl control -> Optional.of(control.modeName());
      case UpdateOutcome outcome -> Optional.of(CredentialControl.modeName(outcome.mode()));
      case CellStatus status -> Optional.of(status.name());
      case Record ignored -> Optional.empty();
    };
  }

  private static Object content(RecordComponent component, Record value) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record's component cannot be read", e);
    }
  }

  /** "keyUsage" and "KeyUsage" become "key usage". */
  private static String words(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}
