// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.estate.Consequence;
import org.meterbox.dsp.requests.CancellationReason;
import org.meterbox.dsp.requests.RequestKey;
import org.meterbox.dsp.requests.RequestKey.Stage;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.uplink.ResponseRules.DeviceFacts;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;

final class ResponseRulesTest {
  private static final MessageCode ECS12 = new MessageCode(0x0022);
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 OTHER_USER = Eui64.parse("90B3D51F30040000");
  private static final Eui64 OPERATOR = Eui64.parse("90B3D51F30020000");

  private static StoredRequest held(Eui64 sender) {
    return new StoredRequest(
        new RequestKey(
            new MessageId(sender, Eui64.parse("00DB1234567890A0"), new OriginatorCounter(1)),
            Stage.EXECUTION),
        new ServiceReferenceVariant("4.8.1"),
        CommandVariant.NON_CRITICAL_WAN,
        Priority.ON_DEMAND,
        Optional.empty(),
        new RequestState.Held(Instant.EPOCH),
        Optional.empty(),
        Optional.of(Instant.EPOCH),
        Optional.empty(),
        Optional.empty());
  }

  private static List<Consequence> consequences(MessageCode useCase, int result) {
    AccessResponse response =
        new AccessResponse(
            0,
            List.of(
                new AccessResponse.Item(
                    AccessResponse.Kind.SET, result, new DlmsValue.NullData())));
    return ResponseRules.consequences(
        useCase,
        new Payload.DlmsResponse(response),
        new DeviceFacts(
            SUPPLIER,
            List.of(),
            List.of(held(OTHER_USER), held(OPERATOR), held(SUPPLIER)),
            Map.of(
                OTHER_USER,
                Set.of(UserRole.OU),
                OPERATOR,
                Set.of(UserRole.ED),
                SUPPLIER,
                Set.of(UserRole.IS, UserRole.OU))));
  }

  // Other Users read by the customer's consent; the supplier itself and the operator do not.
  @Test
  void aChangeOfTenancyEndsWhatOtherUsersHaveWaiting() {
    assertThat(consequences(ECS12, AccessResponse.SUCCESS))
        .containsExactly(
            new Consequence.CancelHeld(held(OTHER_USER), CancellationReason.CHANGE_OF_TENANCY));
  }

  @Test
  void whatTheDeviceDidNotCarryOutChangesNothing() {
    assertThat(consequences(ECS12, AccessResponse.OTHER_REASON)).isEmpty();
  }

  @Test
  void otherUseCasesAreTheirUsersBusiness() {
    MessageCode read = new MessageCode(0x0027);
    assertThat(ResponseRules.concern(read)).isFalse();
    assertThat(consequences(read, AccessResponse.SUCCESS)).isEmpty();
  }
}
