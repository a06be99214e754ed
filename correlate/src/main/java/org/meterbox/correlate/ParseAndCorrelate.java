// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate;

import java.util.List;
import java.util.Optional;
import org.meterbox.correlate.check.DeviceTypes;
import org.meterbox.correlate.check.OriginalRequest;
import org.meterbox.correlate.check.PreCommandCheck;
import org.meterbox.correlate.check.SenderTimes;
import org.meterbox.correlate.check.UserKnowledge;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.correlate.parse.MessageParser;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * The two services of Parse and Correlate in one place. Safe for use by many threads; keeps the
 * secrets shared with recently seen devices.
 */
public final class ParseAndCorrelate {
  /** Of how many devices the shared secrets are kept unless the caller says otherwise. */
  public static final int DEFAULT_MAX_DEVICES = 100_000;

  private final MessageParser parser;
  private final PreCommandCheck preCommandCheck;

  /** With the keys of one DCC User. */
  public ParseAndCorrelate(PartyKeys keys) {
    this(keys, DEFAULT_MAX_DEVICES);
  }

  /**
   * With the keys of one DCC User.
   *
   * @param maxDevices of how many devices the shared secrets are kept at most
   */
  public ParseAndCorrelate(PartyKeys keys, int maxDevices) {
    this(keys, maxDevices, SenderTimes.any(), DeviceTypes.unknown());
  }

  /**
   * With the keys of one DCC User and what it knows of times and devices.
   *
   * @param maxDevices of how many devices the shared secrets are kept at most
   * @param senderTimes at which times a Pre-Command may have been made
   * @param deviceTypes what devices are that are to be joined
   */
  public ParseAndCorrelate(
      PartyKeys keys, int maxDevices, SenderTimes senderTimes, DeviceTypes deviceTypes) {
    this.parser = new MessageParser(keys, maxDevices);
    this.preCommandCheck = new PreCommandCheck(new UserKnowledge(senderTimes, deviceTypes, keys));
  }

  /**
   * Makes an MMC document of a device message.
   *
   * @param message a GBCS message, or all blocks of its transfer one behind the other (GBT)
   * @throws DecodeException where the octets are no GBCS message
   */
  public ParseResult parse(Octets message) throws DecodeException {
    return parser.parse(message, Optional.empty());
  }

  /**
   * Makes an MMC document of a device message.
   *
   * @param service the Service Request that the message answers: needed for the few use cases that
   *     answer several
   * @throws DecodeException where the octets are no GBCS message
   */
  public ParseResult parse(Octets message, ServiceReferenceVariant service) throws DecodeException {
    return parser.parse(message, Optional.of(service));
  }

  /**
   * The Service Requests that a response with this header may answer: more than one where use cases
   * share their octets, none where it answers no request of a user. Only the caller knows which of
   * several it was.
   */
  public List<ServiceReferenceVariant> servicesAnswered(GroupingHeader header) {
    return parser.servicesAnswered(header);
  }

  /**
   * Compares a Pre-Command with the request that it claims to carry out. Needs no keys; only where
   * a gas meter is told of a prepayment interface (8.7.1), that device's certificate.
   *
   * @param preCommand the octets as the DSP gave them, with or without an empty signature field
   */
  public Correlation correlate(OriginalRequest request, Octets preCommand) {
    return preCommandCheck.check(request, preCommand);
  }

  /** Compares a Pre-Command with the request that it claims to carry out. */
  public Correlation correlate(OriginalRequest request, PreCommand preCommand) {
    return preCommandCheck.check(request, preCommand);
  }
}
