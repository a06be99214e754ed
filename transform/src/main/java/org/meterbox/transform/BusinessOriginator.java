// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import java.util.Optional;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * In whose name a command goes to the device: the Business Originator of the grouping header (GBCS,
 * grouping header and other information).
 */
public sealed interface BusinessOriginator {
  /** In the user's own: the device holds the user's certificates. */
  record KnownRemoteParty() implements BusinessOriginator {}

  /**
   * In the Access Control Broker's, on behalf of a user whom the device does not know.
   *
   * @param broker the broker's identifier
   * @param counter a counter that the broker has never used before
   * @param agreementCertificate the user's key agreement certificate (DER), where the answer is to
   *     be encrypted for the user
   */
  record AccessControlBroker(
      Eui64 broker, OriginatorCounter counter, Optional<Octets> agreementCertificate)
      implements BusinessOriginator {}

  /**
   * In the name of one of the DCC's own parties, which the device holds and which answers for the
   * request itself: the broker or the change of supplier party.
   *
   * @param party the party's identifier
   * @param counter a counter that the party has never used before
   */
  record DccParty(Eui64 party, OriginatorCounter counter) implements BusinessOriginator {}

  /** The identity in the grouping header. */
  default MessageId headerIdentity(MessageId request) {
    return switch (this) {
      case KnownRemoteParty ignored -> request;
      case AccessControlBroker broker ->
          new MessageId(broker.broker(), request.target(), broker.counter());
      case DccParty party -> new MessageId(party.party(), request.target(), party.counter());
    };
  }

  /** The other information that goes with it. */
  default OtherInformation otherInformation(MessageCode code, MessageId request) {
    return switch (this) {
      case KnownRemoteParty ignored -> new OtherInformation.CodeOnly(code);
      case DccParty ignored -> new OtherInformation.CodeOnly(code);
      case AccessControlBroker(Eui64 _, OriginatorCounter _, Optional<Octets> certificate) ->
          certificate
              .<OtherInformation>map(der ->
                  new OtherInformation.WithAgreementCertificate(
                      code, request.originator(), request.counter(), der))
              .orElseGet(() ->
                  new OtherInformation.OnBehalfOf(code, request.originator(), request.counter()));
    };
  }
}
