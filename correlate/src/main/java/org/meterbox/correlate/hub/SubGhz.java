// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.hub;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.bits;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;
import static org.meterbox.correlate.content.DlmsContent.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.LogMeanings;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * The radio of dual band hubs (DBCH01, DBCH02, DBCH03). Channels come as masks of 32 bits: the
 * first five are the channel page, the others the channels of that page from the last bit on. Pages
 * 28, 29 and 30 are the lower band from channels 0, 27 and 35, page 31 is the upper band from
 * channel 0.
 */
public final class SubGhz {
  private static final int PAGE_SHIFT = 27;
  private static final int CHANNEL_BITS = 0x07FF_FFFF;
  private static final int CHANNEL_OCTETS = 4;
  private static final int CHANNEL_CHANGE = 0x8F26;

  private SubGhz() {}

  /** A channel page: how many channels it has and which is the first. */
  private enum Page {
    PAGE_28(28, 0, 27, true),
    PAGE_29(29, 27, 8, true),
    PAGE_30(30, 35, 27, true),
    PAGE_31(31, 0, 27, false);

    private final int number;
    private final int firstChannel;
    private final int channels;
    private final boolean lowerBand;

    Page(int number, int firstChannel, int channels, boolean lowerBand) {
      this.number = number;
      this.firstChannel = firstChannel;
      this.channels = channels;
      this.lowerBand = lowerBand;
    }

    static Page of(int mask) throws UnexpectedContentException {
      for (Page page : values()) {
        if (page.number == mask >>> PAGE_SHIFT) {
          return page;
        }
      }
      throw new UnexpectedContentException("expected channel page 28, 29, 30 or 31");
    }
  }

  /** The channel in use (DBCH01). */
  public static void operatingChannel(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> read = answers.value(0);
    if (read.isPresent()) {
      operatingChannel(mask(read.get()), out);
    }
  }

  private static void operatingChannel(int mask, MmcWriter out) throws UnexpectedContentException {
    Page page = Page.of(mask);
    int channels = mask & CHANNEL_BITS;
    if (Integer.bitCount(channels) != 1) {
      throw new UnexpectedContentException("expected one channel");
    }
    out.open("OperatingSubGHzChannel");
    out.open(
        page.lowerBand ? "OperatingLowerBandSubGHzChannel" : "OperatingUpperBandSubGHzChannel");
    channels(page, channels, out);
    out.close().close();
  }

  /** The log of channel changes (DBCH02): channel in four octets, then what led to the scan. */
  public static void channelLog(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> read = answers.value(0);
    if (read.isEmpty()) {
      return;
    }
    for (DlmsValue entry : array(read.get())) {
      List<DlmsValue> parts = structure(entry, 3);
      int code = (int) within(integer(parts.get(1)), 0, 0xFFFF);
      out.open("LogEntry").leaf("Timestamp", Timestamps.ofSeconds(integer(parts.get(0))));
      out.hexLeaf("EventCode", code);
      LogMeanings.event(code).ifPresent(meaning -> out.leaf("EventDescription", meaning));
      if (code == CHANNEL_CHANGE) {
        channelChange(octets(parts.get(2)), out);
      }
      out.close();
    }
  }

  /**
   * The new channel as an octet string of four octets stands before the tag 09, 01 and a reason.
   */
  private static void channelChange(Octets information, MmcWriter out)
      throws UnexpectedContentException {
    if (information.length() != 7 || information.at(4) != 0x09 || information.at(5) != 0x01) {
      throw new UnexpectedContentException("expected a channel and a trigger");
    }
    int mask = 0;
    for (int i = 0; i < CHANNEL_OCTETS; i++) {
      mask = (mask << 8) | information.at(i);
    }
    operatingChannel(mask, out);
    out.leaf("ScanTrigger", trigger(information.at(6)));
  }

  private static String trigger(int code) throws UnexpectedContentException {
    return switch (code) {
      case 0 -> "RemotePartyCommand";
      case 1 -> "GSMERequest";
      case 2 -> "GSMEMissedItsCurfew";
      case 3 -> "GSMEMissingForTheLastDay";
      case 4 -> "CHDetectedMessageFailureProblems";
      case 5 -> "CHDetectedMessageRetryProblems";
      case 6 -> "SubGHzNon-GSMEDeviceRequest";
      case 7 -> "SMHANFormation";
      default -> throw new UnexpectedContentException("expected a scan trigger from 0 to 7");
    };
  }

  /** The configuration (DBCH03): four masks and eleven limits; percentages in hundredths. */
  public static void configuration(DlmsAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> read = answers.value(0);
    if (read.isEmpty()) {
      return;
    }
    List<DlmsValue> parts = structure(read.get(), 15);
    mask(parts.get(0), Page.PAGE_28, "LowerBandSubGHzChannels0To26", out);
    mask(parts.get(1), Page.PAGE_29, "LowerBandSubGHzChannels27To34", out);
    mask(parts.get(2), Page.PAGE_30, "LowerBandSubGHzChannels35To61", out);
    mask(parts.get(3), Page.PAGE_31, "UpperBandSubGHzChannels0To26", out);
    out.leaf("NormalLimitedDutyCycleThreshold", hundredths(parts.get(4)));
    out.leaf("LimitedCriticalDutyCycleThreshold", hundredths(parts.get(5)));
    out.leaf("MaximumSubGHzChannelChangesPerWeek", integer(parts.get(6)));
    out.leaf("GSMECurfew", integer(parts.get(7)));
    out.leaf("ChannelQuieterThreshold", integer(parts.get(8)));
    out.leaf("ChannelNoisierThreshold", integer(parts.get(9)));
    out.leaf("NonGSMEPoorCommsPercentageThreshold", hundredths(parts.get(10)));
    out.leaf("NonGSMEPoorCommsMeasurementPeriods", integer(parts.get(11)));
    out.leaf("LocalCHNoiseMeasurementPeriod", integer(parts.get(12)));
    out.leaf("LocalCHFailurePercentage", hundredths(parts.get(13)));
    out.leaf("LocalCHRetryPercentage", hundredths(parts.get(14)));
  }

  private static void mask(DlmsValue value, Page due, String element, MmcWriter out)
      throws UnexpectedContentException {
    int mask = mask(value);
    if (Page.of(mask) != due) {
      throw new UnexpectedContentException(
          String.format(Locale.ROOT, "expected channel page %d", due.number));
    }
    out.open(element);
    channels(due, mask & CHANNEL_BITS, out);
    out.close();
  }

  private static void channels(Page page, int bits, MmcWriter out)
      throws UnexpectedContentException {
    if (bits >>> page.channels != 0) {
      throw new UnexpectedContentException("expected channels of the page");
    }
    for (int i = 0; i < page.channels; i++) {
      if ((bits & (1 << i)) != 0) {
        out.empty("Channel" + (page.firstChannel + i));
      }
    }
  }

  private static int mask(DlmsValue value) throws UnexpectedContentException {
    DlmsValue.BitString bits = bits(value);
    if (bits.bits() != 8 * CHANNEL_OCTETS) {
      throw new UnexpectedContentException("expected a channel mask of 32 bits");
    }
    int mask = 0;
    for (int i = 0; i < CHANNEL_OCTETS; i++) {
      mask = (mask << 8) | bits.octets().at(i);
    }
    return mask;
  }

  private static String hundredths(DlmsValue value) throws UnexpectedContentException {
    return BigDecimal.valueOf(integer(value), 2).toPlainString();
  }
}
