// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.gbcs.ReferenceMessages.Reference;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.gbcs.alert.ActivationItems;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.KeyRing;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.gbcs.transfer.Block;
import org.meterbox.gbcs.transfer.BlockReceiver;
import org.meterbox.gbcs.transfer.BlockReceiver.Outcome;
import org.meterbox.gbcs.transfer.BlockSender;
import org.meterbox.gbcs.transfer.TransferId;
import org.meterbox.gbcs.utrn.TokenCounter;
import org.meterbox.gbcs.utrn.Utrn;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** Tokens in top-up commands, alerts of later activations, and long messages in blocks. */
class TokensAndTransfersTest {
  private static final int TOP_UP_GAS = 0x0097;

  @Test
  void theTokensOfTopUpCommandsAreAuthentic() throws DecodeException {
    KeyRing keys = ReferenceMessages.keys();
    int checked = 0;
    for (Reference reference : ReferenceMessages.all()) {
      DecodedMessage message = DecodedMessage.decode(reference.octets());
      Optional<String> digits = token(message);
      if (digits.isPresent() && Utrn.faultOf(digits.get()).isEmpty()) {
        MessageId id = message.header().messageId();
        SharedSecret secret = keys.topUpSecret(id.originator(), id.target()).orElseThrow();
        assertThat(
                new Utrn(digits.get())
                    .isAuthentic(
                        secret, id.originator(), id.target(), TokenCounter.of(id.counter())))
            .as(reference.file())
            .isTrue();
        checked++;
      }
    }
    System.out.printf(Locale.ROOT, "UTRN: %d tokens of top-up commands are authentic%n", checked);
    assertThat(checked).isPositive();
  }

  /** The twenty digits of a top-up command from a supplier. */
  private static Optional<String> token(DecodedMessage message) {
    return switch (message.payload()) {
      case Payload.DlmsRequest(AccessRequest request) ->
          request.items().stream()
              .filter(item -> item.target().classId() == 115)
              .map(AccessRequest.Item::data)
              .filter(DlmsValue.OctetString.class::isInstance)
              .map(data -> ascii(((DlmsValue.OctetString) data).octets()))
              .findFirst();
      case Payload.Gbz gbz when message.header().messageCode().value() == TOP_UP_GAS ->
          gbz.message().components().stream()
              .filter(Component.Plain.class::isInstance)
              .map(component -> ((Component.Plain) component).frame())
              .filter(frame -> frame.name().equals("Consumer Top Up"))
              .map(TokensAndTransfersTest::topUpCode)
              .findFirst();
      case Payload ignored -> Optional.empty();
    };
  }

  private static String topUpCode(ZclFrame frame) {
    return ascii(((ZclPayload.ClusterCommand) frame.payload()).fields().octets("Top Up Code"));
  }

  private static String ascii(Octets octets) {
    return new String(octets.toArray(), StandardCharsets.US_ASCII);
  }

  /** An alert names an item of its use case, and of its very command where that is at hand. */
  @Test
  void everyAlertOfALaterActivationHasItsPlaceInACommand() throws DecodeException {
    Map<String, ActivationItems> commands = new HashMap<>();
    List<FutureDatedOutcome> outcomes = new ArrayList<>();
    for (Reference reference : ReferenceMessages.all()) {
      DecodedMessage message = DecodedMessage.decode(reference.octets());
      MessageCode code = message.header().messageCode();
      OriginatorCounter counter = message.header().messageId().counter();
      switch (message.payload()) {
        case Payload.DlmsRequest(AccessRequest request) ->
            commands.put(code.hex() + counter, ActivationItems.of(code, request));
        case Payload.Gbz gbz when message.header().craFlag() == CraFlag.COMMAND ->
            commands.put(code.hex() + counter, ActivationItems.of(code, gbz.message()));
        case Payload.Alert alert -> alert.alert().futureDatedOutcome().ifPresent(outcomes::add);
        case Payload ignored -> {}
      }
    }
    int placed = 0;
    for (FutureDatedOutcome outcome : outcomes) {
      assertThat(ActivationItems.mayHave(outcome.command(), outcome.item()))
          .as("%s", outcome)
          .isTrue();
      ActivationItems items = commands.get(outcome.command().hex() + outcome.commandCounter());
      if (items != null) {
        assertThat(items.placeOf(outcome)).as("%s", outcome).isPresent();
        placed++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "future-dated: %d alerts name an item of their use case, %d of them of a command at hand%n",
        outcomes.size(),
        placed);
    assertThat(placed).isPositive();
  }

  @Test
  void everyMessageTravelsInBlocks() throws DecodeException {
    int blocks = 0;
    for (Reference reference : ReferenceMessages.all()) {
      DecodedMessage message = DecodedMessage.decode(reference.octets());
      BlockSender sender = BlockSender.of(message.message(), 4, 128);
      BlockReceiver receiver = new BlockReceiver(TransferId.of(message.message()), 4);
      Octets received = Octets.EMPTY;
      while (!sender.isDone()) {
        for (Block block : sender.window()) {
          blocks++;
          switch (receiver.accept(Block.decode(block.encode()))) {
            case Outcome.Kept ignored -> {}
            case Outcome.Acknowledge answer -> sender.acknowledge(answer.acknowledgement());
            case Outcome.Complete complete -> {
              received = complete.message();
              sender.acknowledge(complete.acknowledgement());
            }
            case Outcome.Refused refused -> throw new AssertionError(refused.reason());
          }
        }
      }
      assertThat(received).as(reference.file()).isEqualTo(reference.octets());
    }
    System.out.printf(Locale.ROOT, "GBT: all messages arrive in %d blocks%n", blocks);
    assertThat(blocks).isPositive();
  }
}
