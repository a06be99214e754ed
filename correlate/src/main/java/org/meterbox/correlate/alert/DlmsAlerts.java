// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.alert;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.text;
import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.content.ControllerState;
import org.meterbox.correlate.content.DlmsTimes;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.electricity.RegisterRead;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Alerts in DLMS: a structure of code, time and what the use case adds (GBCS section 12.2). */
public final class DlmsAlerts {
  private static final int FUTURE_DATED = 0x00CC;
  private static final int FIRMWARE_RECEIPT = 0x00CE;
  private static final int INTEGRITY_WARNING = 0x00F0;
  private static final int BILLING_DATA = 0x0061;
  private static final int SUPPLY_OUTAGE = 0x0067;
  private static final int COMMAND_NOT_SUPPORTED = 0x0120;
  private static final int LIMIT_PROCESSED = 0x0121;
  private static final int LIMIT_ENDED = 0x0122;
  private static final int OPERATIONAL_UPDATE = 0x0123;
  private static final int CODE_AND_TIME = 2;
  private static final int HASH_OCTETS = 32;
  private static final int INPUT = 2;

  private DlmsAlerts() {}

  /** Code and time. */
  public static AlertFacts facts(DlmsValue body) throws UnexpectedContentException {
    List<DlmsValue> parts = structure(body);
    if (parts.size() < CODE_AND_TIME) {
      throw new UnexpectedContentException("expected an alert code and a time");
    }
    int code = (int) within(integer(parts.get(0)), 0, 0xFFFF);
    return new AlertFacts(code, DlmsTimes.dateTime(parts.get(1)));
  }

  /** Whether MMC has words for the content of alerts with this message code. */
  public static boolean hasPayload(int messageCode) {
    return switch (messageCode) {
      case FUTURE_DATED,
          FIRMWARE_RECEIPT,
          INTEGRITY_WARNING,
          BILLING_DATA,
          SUPPLY_OUTAGE,
          COMMAND_NOT_SUPPORTED,
          LIMIT_PROCESSED,
          LIMIT_ENDED,
          OPERATIONAL_UPDATE ->
          true;
      default -> false;
    };
  }

  /**
   * Writes the content of an alert.
   *
   * @param opened the values of its protected part, where it has one
   */
  public static void payload(
      int messageCode, DlmsValue body, Optional<List<DlmsValue>> opened, MmcWriter out)
      throws UnexpectedContentException {
    List<DlmsValue> parts = structure(body);
    List<DlmsValue> content = parts.subList(CODE_AND_TIME, parts.size());
    switch (messageCode) {
      case FUTURE_DATED -> futureDated(one(content), out);
      case FIRMWARE_RECEIPT ->
          out.open("FirmwareVerificationDeviceAlert")
              .hexLeaf("ManufacturerImageHash", octets(one(content), HASH_OCTETS))
              .close();
      case INTEGRITY_WARNING -> IntegrityWarnings.write(octets(one(content), 2), out);
      case BILLING_DATA -> billing(opened, out);
      case SUPPLY_OUTAGE -> outage(content, out);
      case COMMAND_NOT_SUPPORTED -> notSupported(octets(one(content), 10), out);
      case LIMIT_PROCESSED -> limitProcessed(content, out);
      case LIMIT_ENDED -> limitEnded(content, out);
      case OPERATIONAL_UPDATE -> {
        out.open("OperationalUpdateDeviceAlert");
        ControllerState.render(text(one(content)), out);
        out.close();
      }
      default -> throw new UnexpectedContentException("expected an alert with words in MMC");
    }
  }

  private static DlmsValue one(List<DlmsValue> content) throws UnexpectedContentException {
    expect(content, 1);
    return content.getFirst();
  }

  private static void expect(List<DlmsValue> content, int parts) throws UnexpectedContentException {
    if (content.size() != parts) {
      throw new UnexpectedContentException(
          String.format(Locale.ROOT, "expected %d parts behind the time", parts));
    }
  }

  /** Message code and counter of the command, then class, object and attribute of the part. */
  private static void futureDated(DlmsValue value, MmcWriter out)
      throws UnexpectedContentException {
    Octets identity = octets(value, 19);
    out.open("FutureDatedCommandOutcomeDeviceAlert").open("COSEMFutureDatedAlert");
    out.hexLeaf("FutureDatedCommandMessageCode", identity.slice(0, 2));
    out.leaf("FutureDatedCommandOriginatorCounter", counter(identity.slice(2, 10)));
    out.open("DLMSCOSEMFDInstructionIdentification");
    out.hexLeaf("ClassId", identity.slice(10, 12));
    out.hexLeaf("InstanceId", identity.slice(12, 18));
    out.hexLeaf("AttributeId", identity.slice(18, 19));
    out.close().close().close();
  }

  private static String counter(Octets octets) {
    long value = 0;
    for (int i = 0; i < octets.length(); i++) {
      value = (value << 8) | octets.at(i);
    }
    return new OriginatorCounter(value).toString();
  }

  private static void billing(Optional<List<DlmsValue>> opened, MmcWriter out)
      throws UnexpectedContentException {
    if (opened.isEmpty() || opened.get().size() != 1) {
      throw new UnexpectedContentException("expected one protected log");
    }
    List<DlmsValue> entries = array(opened.get().getFirst(), 1);
    out.open("BillingDataLogDeviceAlert").open("ESMEBillingDataLogEntry");
    RegisterRead.of(structure(entries.getFirst())).billingEntry(out);
    out.close().close();
  }

  private static void outage(List<DlmsValue> content, MmcWriter out)
      throws UnexpectedContentException {
    expect(content, 2);
    out.open("SupplyOutageRestoreAlert");
    out.leaf("interruptionValue", DlmsTimes.dateTime(content.get(0)));
    out.leaf("restorationValue", DlmsTimes.dateTime(content.get(1))).close();
  }

  private static void notSupported(Octets command, MmcWriter out) {
    out.open("CommandNotSupportedbyDevice");
    out.hexLeaf("MessageCodeofCommandReceived", command.slice(0, 2));
    String counter = counter(command.slice(2, 10));
    out.leaf("OriginatorCounterfromCommandReceived", counter).close();
  }

  private static void limitProcessed(List<DlmsValue> content, MmcWriter out)
      throws UnexpectedContentException {
    expect(content, 4);
    out.open("LimitAPCLevelCommandProcessedDeviceAlert");
    out.leaf("APCLimitPeriodStart", DlmsTimes.dateTime(content.get(1)));
    out.leaf("APCLimitPeriodEnd", DlmsTimes.dateTime(content.get(2)));
    limit(content.get(0), content.get(3), out);
    out.close();
  }

  private static void limitEnded(List<DlmsValue> content, MmcWriter out)
      throws UnexpectedContentException {
    expect(content, 2);
    out.open("LimitAPCLevelEndedDeviceAlert");
    limit(content.get(0), content.get(1), out);
    out.close();
  }

  /** Direction in the high nibble (1 output, 2 input), number of the controller in the low one. */
  private static void limit(DlmsValue controller, DlmsValue level, MmcWriter out)
      throws UnexpectedContentException {
    long code = integer(controller);
    out.leaf("AuxiliaryControllerN", within(code & 0x0F, 1, 5));
    out.leaf("ResultingLevel", within(integer(level), 0, 100));
    if (within(code >> 4, 1, INPUT) == INPUT) {
      out.empty("InputFromControlledLoad");
    }
  }
}
