// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.gbcs.HostileOctets;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.transfer.BlockReceiver.Outcome;
import org.meterbox.gbcs.transfer.BlockReceiver.Refusal;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** General Block Transfer over a link that loses, repeats and reorders. */
class BlockTransferTest {
  private static final long SEED = 1149;
  private static final int MAX_ROUNDS = 2_000;
  private static final MessageId IDENTITY =
      new MessageId(
          Eui64.parse("00DB000000000001"),
          Eui64.parse("90B3000000000001"),
          new OriginatorCounter(7));

  @Test
  void writesAndReadsTheShellOfABlock() throws DecodeException {
    Block block =
        new Block(
            new TransferId(CraFlag.RESPONSE, IDENTITY, new MessageCode(0x33)),
            /* last= */ true,
            /* streaming= */ false,
            5,
            2,
            1,
            Octets.ofHex("CAFE"));
    Octets octets =
        Octets.ofHex(
            """
            DD 09 02 0000000000000007 08 00DB000000000001 08 90B3000000000001 00 02 0033 00
            0E 1100000000 E0 85 0002 0001 02 CAFE
            """);

    assertThat(block.encode()).isEqualTo(octets);
    assertThat(Block.decode(octets)).isEqualTo(block);
    assertThat(Block.isBlock(octets)).isTrue();
    assertThat(Block.isBlock(message(10).encode())).isFalse();
  }

  @Test
  void damagedBlocksAreRefusedOrKeptWhole() {
    for (Block block : BlockSender.of(message(300), 3, 64).window()) {
      HostileOctets.check(block.encode(), SEED, octets -> Block.decode(octets).encode());
    }
    HostileOctets.checkNoise(
        5_000, 60, Octets.ofHex("DD09"), SEED, octets -> Block.decode(octets).encode());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 1149, 4000, 60_000})
  void aMessageArrivesOverAGoodLink(int octets) {
    GbcsMessage message = message(octets);
    Link link = new Link(message, 5, new PerfectLink());

    assertThat(link.run()).isEqualTo(message.encode());
    assertThat(link.sender.isDone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 63})
  void aMessageArrivesWhateverTheLinkDoes(int window) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int run = 0; run < 40; run++) {
      GbcsMessage message = message(1 + random.nextInt(6_000));
      Link link = new Link(message, window, new BadLink(new Random(SEED + run)));

      assertThat(link.run()).as("seed %d, run %d", SEED, run).isEqualTo(message.encode());
    }
  }

  @Test
  void whatIsMissingIsSentAgain() {
    BlockSender sender = BlockSender.of(message(300), 3, 64);
    BlockReceiver receiver = new BlockReceiver(transfer(), 3);
    List<Block> first = sender.window();
    assertThat(first).extracting(Block::streaming).containsExactly(true, true, false);

    // The first is lost, so that nothing up to a number is complete.
    assertThat(receiver.accept(first.get(1))).isInstanceOf(Outcome.Kept.class);
    Outcome.Acknowledge answer = (Outcome.Acknowledge) receiver.accept(first.get(2));
    assertThat(answer.acknowledgement().acknowledged()).isZero();
    assertThat(sender.acknowledge(answer.acknowledgement())).isFalse();
    assertThat(sender.window()).isEqualTo(first);

    receiver.accept(first.get(0));
    Outcome.Acknowledge second = (Outcome.Acknowledge) receiver.accept(first.get(2));
    assertThat(second.acknowledgement().acknowledged()).isEqualTo(3);
    assertThat(sender.acknowledge(second.acknowledgement())).isTrue();
    assertThat(sender.window()).extracting(Block::number).startsWith(4);
  }

  @Test
  void theReceiverMayAskForASmallerWindow() {
    BlockSender sender = BlockSender.of(message(1000), 6, 64);
    BlockReceiver receiver = new BlockReceiver(transfer(), 2);
    Outcome outcome = new Outcome.Kept();
    for (Block block : sender.window()) {
      outcome = receiver.accept(block);
    }
    sender.acknowledge(((Outcome.Acknowledge) outcome).acknowledgement());

    assertThat(sender.window()).hasSize(2);
  }

  @Test
  void blocksThatDoNotBelongChangeNothing() {
    List<Block> blocks = BlockSender.of(message(300), 63, 64).window();
    BlockReceiver receiver = new BlockReceiver(transfer(), 63);
    Block second = blocks.get(1);
    receiver.accept(second);
    receiver.accept(blocks.getLast());

    assertRefused(receiver, Refusal.OTHER_TRANSFER, inTransfer(second, transfer().reversed()));
    assertRefused(receiver, Refusal.NO_DATA, with(second, 1, Octets.EMPTY, false));
    assertRefused(receiver, Refusal.NUMBER_OUT_OF_RANGE, with(second, 0, second.data(), false));
    assertRefused(receiver, Refusal.NUMBER_OUT_OF_RANGE, with(second, 64, second.data(), false));
    // The same number with other octets, a second end, a block beyond the end.
    assertRefused(receiver, Refusal.CONTRADICTION, with(second, 2, Octets.ofHex("00"), false));
    assertRefused(receiver, Refusal.CONTRADICTION, with(second, 3, second.data(), true));
    assertRefused(
        receiver, Refusal.CONTRADICTION, with(second, blocks.size() + 1, second.data(), false));
    assertRefused(
        receiver,
        Refusal.CONTRADICTION,
        with(blocks.getLast(), blocks.size(), blocks.getLast().data(), false));
    for (Block block : blocks) {
      receiver.accept(block);
    }
    assertThat(receiver.accept(second)).isInstanceOf(Outcome.Complete.class);
  }

  @Test
  void anEndBeforeABlockThatArrivedContradicts() {
    List<Block> blocks = BlockSender.of(message(300), 63, 64).window();
    BlockReceiver receiver = new BlockReceiver(transfer(), 63);
    receiver.accept(blocks.get(2));
    assertRefused(
        receiver, Refusal.CONTRADICTION, with(blocks.get(1), 2, blocks.get(1).data(), true));
  }

  @Test
  void acknowledgementsThatDoNotBelongChangeNothing() {
    BlockSender sender = BlockSender.of(message(300), 2, 64);
    TransferId back = transfer().reversed();
    assertThat(sender.acknowledge(acknowledgement(transfer(), 2))).isFalse(); // wrong way
    assertThat(sender.acknowledge(acknowledgement(back, 3))).isFalse(); // never sent
    assertThat(sender.acknowledge(acknowledgement(back, 0))).isFalse(); // nothing new
    assertThat(sender.acknowledge(with(sender.window().getFirst(), 1, Octets.ofHex("00"), true)))
        .isFalse(); // data
    assertThat(sender.acknowledge(acknowledgement(back, 2))).isTrue();
    assertThat(sender.acknowledge(acknowledgement(back, 1))).isFalse(); // overtaken
  }

  @Test
  void whatABlockTransferCannotCarryIsRefusedAtOnce() {
    GbcsMessage message = message(300);
    assertThatThrownBy(() -> BlockSender.of(message, 0, 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockSender.of(message, 64, 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockSender.of(message, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockSender.of(message, 1, Block.MAX_DATA_OCTETS + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockSender.of(message, 1, 4)).hasMessageContaining("63 are allowed");
    assertThatThrownBy(() -> new BlockReceiver(transfer(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    Octets tooMuch = Octets.of(new byte[Block.MAX_DATA_OCTETS + 1]);
    assertThatThrownBy(() -> new Block(transfer(), true, false, 1, 1, 0, tooMuch))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // A log of the hub holds blocks in any order, repeated, with acknowledgements between them.
  @Test
  void aRecordedTransferBecomesItsMessage() throws DecodeException {
    GbcsMessage message = message(1000);
    List<Block> blocks = new ArrayList<>(BlockSender.of(message, 63, 64).window());
    Collections.reverse(blocks);
    blocks.add(1, acknowledgement(transfer().reversed(), 0));
    blocks.add(2, blocks.get(3));
    assertThat(RecordedTransfer.message(joined(blocks))).isEqualTo(message.encode());
  }

  @Test
  void anIncompleteOrForeignTransferIsNoMessage() {
    List<Block> blocks = BlockSender.of(message(1000), 63, 64).window();
    List<Block> missing = new ArrayList<>(blocks);
    missing.remove(3);
    assertThatThrownBy(() -> RecordedTransfer.message(joined(missing)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("missing");
    List<Block> mixed = new ArrayList<>(blocks);
    mixed.set(3, inTransfer(blocks.get(3), transfer().reversed()));
    assertThatThrownBy(() -> RecordedTransfer.message(joined(mixed)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("OTHER_TRANSFER");
    // All blocks announce one message, and carry another.
    List<Block> announced =
        blocks.stream().map(block -> inTransfer(block, transfer().reversed())).toList();
    assertThatThrownBy(() -> RecordedTransfer.message(joined(announced)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("announce");
    Octets whole = joined(blocks);
    for (int length = 1; length < whole.length(); length += 13) {
      Octets cut = whole.slice(0, length);
      assertThatThrownBy(() -> RecordedTransfer.message(cut)).isInstanceOf(DecodeException.class);
    }
  }

  private static Octets joined(List<Block> blocks) {
    OctetWriter writer = new OctetWriter();
    blocks.forEach(block -> writer.put(block.encode()));
    return writer.toOctets();
  }

  /** Drives a sender and a receiver until the sender is done. */
  private static final class Link {
    private final BlockSender sender;
    private final BlockReceiver receiver;
    private final Behaviour behaviour;
    private Optional<Octets> message = Optional.empty();

    Link(GbcsMessage message, int window, Behaviour behaviour) {
      int blockOctets = Math.max(64, (message.encode().length() + 59) / 60);
      this.sender = BlockSender.of(message, window, blockOctets);
      this.receiver = new BlockReceiver(transfer(), window);
      this.behaviour = behaviour;
    }

    Octets run() {
      for (int round = 0; round < MAX_ROUNDS && !sender.isDone(); round++) {
        List<Block> answers = new ArrayList<>();
        for (Block block : behaviour.carry(sender.window())) {
          switch (receiver.accept(block)) {
            case Outcome.Kept ignored -> {}
            case Outcome.Acknowledge acknowledge -> answers.add(acknowledge.acknowledgement());
            case Outcome.Complete complete -> {
              message = Optional.of(complete.message());
              answers.add(complete.acknowledgement());
            }
            case Outcome.Refused refused -> throw new AssertionError(refused.reason());
          }
        }
        behaviour.carry(answers).forEach(sender::acknowledge);
      }
      assertThat(sender.isDone()).isTrue();
      return message.orElseThrow();
    }
  }

  /** What a link does to the blocks that are put on it. */
  private interface Behaviour {
    List<Block> carry(List<Block> blocks);
  }

  private static final class PerfectLink implements Behaviour {
    @Override
    public List<Block> carry(List<Block> blocks) {
      return blocks;
    }
  }

  /** Loses a third, repeats a third, and mixes them. */
  private static final class BadLink implements Behaviour {
    private final Random random;

    BadLink(Random random) {
      this.random = random;
    }

    @Override
    public List<Block> carry(List<Block> blocks) {
      List<Block> carried = new ArrayList<>();
      for (Block block : blocks) {
        for (int copies = random.nextInt(3); copies > 0; copies--) {
          carried.add(block);
        }
      }
      Collections.shuffle(carried, random);
      return carried;
    }
  }

  private static void assertRefused(BlockReceiver receiver, Refusal reason, Block block) {
    assertThat(receiver.accept(block)).isEqualTo(new Outcome.Refused(reason));
  }

  private static Block acknowledgement(TransferId transfer, int upTo) {
    return new Block(transfer, true, false, 0, 1, upTo, Octets.EMPTY);
  }

  private static Block inTransfer(Block block, TransferId transfer) {
    return new Block(
        transfer,
        block.last(),
        block.streaming(),
        block.window(),
        block.number(),
        block.acknowledged(),
        block.data());
  }

  private static Block with(Block block, int number, Octets data, boolean last) {
    return new Block(block.transfer(), last, block.streaming(), block.window(), number, 0, data);
  }

  private static TransferId transfer() {
    return TransferId.of(message(1));
  }

  private static GbcsMessage message(int payloadOctets) {
    byte[] payload = new byte[payloadOctets];
    new Random(SEED).nextBytes(payload);
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.RESPONSE, IDENTITY, new OtherInformation.CodeOnly(new MessageCode(0x33)));
    return new GbcsMessage.Response(
        GroupedContent.withEmptySignature(header, Octets.of(payload)), Optional.empty());
  }
}
