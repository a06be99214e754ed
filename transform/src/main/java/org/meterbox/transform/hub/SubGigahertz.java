// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.hub;

import static org.meterbox.transform.CosemForms.scaled;
import static org.meterbox.transform.CosemForms.u16;
import static org.meterbox.transform.CosemForms.u8;
import static org.meterbox.transform.Translation.set;

import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.transform.Translation;

/**
 * Which channels below 1 GHz a dual band hub may use and when it changes them (service request
 * 6.28, DBCH04). The channels stand in four masks, one for each ZigBee channel page.
 */
final class SubGigahertz {
  private static final String CONFIGURATION = "0-0:94.44.10.0";
  private static final String CHANNEL = "Channel";
  private static final int CHANNEL_BITS = 27;
  private static final int MASK_BITS = 32;

  private SubGigahertz() {}

  static Octets configure(Translation translation) throws ElementException {
    XmlElement body = translation.body();
    return translation.access(
        set(
            1,
            CONFIGURATION,
            2,
            DlmsValue.structure(
                mask(28, 0, body.child("LowerBandSubGHzChannels0To26")),
                mask(29, 27, body.child("LowerBandSubGHzChannels27To34")),
                mask(30, 35, body.child("LowerBandSubGHzChannels35To61")),
                mask(31, 0, body.child("UpperBandSubGHzChannels0To26")),
                hundredths(body.child("NormalLimitedDutyCycleThreshold")),
                hundredths(body.child("LimitedCriticalDutyCycleThreshold")),
                u8(body.child("MaximumSubGHzChannelChangesPerWeek")),
                u16(body.child("GSMECurfew")),
                u8(body.child("ChannelQuieterThreshold")),
                u8(body.child("ChannelNoisierThreshold")),
                hundredths(body.child("NonGSMEPoorCommsPercentageThreshold")),
                u8(body.child("NonGSMEPoorCommsMeasurementPeriods")),
                u16(body.child("LocalCHNoiseMeasurementPeriod")),
                hundredths(body.child("LocalCHFailurePercentage")),
                hundredths(body.child("LocalCHRetryPercentage")))));
  }

  private static DlmsValue hundredths(XmlElement number) throws ElementException {
    return new UInt16((int) scaled(number, 2, 0xFFFF));
  }

  /** The page in the five high bits, then its channels with the first one in the lowest bit. */
  private static DlmsValue mask(int page, int firstChannel, XmlElement channels)
      throws ElementException {
    long mask = (long) page << CHANNEL_BITS;
    for (XmlElement channel : channels.children()) {
      mask |= 1L << place(channel, firstChannel);
    }
    return new BitString(MASK_BITS, new OctetWriter(MASK_BITS / 8).u32(mask).toOctets());
  }

  private static int place(XmlElement channel, int firstChannel) throws ElementException {
    String name = channel.localName();
    int place;
    try {
      place = Integer.parseInt(name.substring(CHANNEL.length())) - firstChannel;
    } catch (NumberFormatException | StringIndexOutOfBoundsException notAChannel) {
      throw channel.fault("is named after no channel");
    }
    if (place < 0 || place >= CHANNEL_BITS) {
      throw channel.fault("is no channel of its page");
    }
    return place;
  }
}
