// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.keys.KeyFiles;
import org.meterbox.app.transform.TransformCommand;
import org.meterbox.conformance.ReferenceData;
import org.meterbox.crypto.VerificationException;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import picocli.CommandLine;

/**
 * The command itself over all official requests, with the published keys: its files are the
 * official messages, MAC included. What no request and no key says is told to it per file, as a
 * user of the command would: the counter of the broker where it is not the default, and that the
 * device does not know the user.
 */
class TransformCommandTest {
  /** Raised with every family that is added, never lowered. */
  private static final int IDENTICAL_FLOOR = 216;

  /**
   * Messages with another certificate than the published keys (of the device that joins) or the
   * request (of the Unknown Remote Party, renewed since) have.
   */
  private static final Set<String> OTHER_CERTIFICATES =
      Set.of(
          "CS03CCritical_8.7.1_SUCCESS",
          "CS03CNonCritical_8.7.2_SUCCESS",
          "ECS21b_4.14_URP_SUCCESS");

  /** Users whose role may send the use case; that the device does not know them, nothing tells. */
  private static final Set<String> UNKNOWN_PARTIES =
      Set.of("ECS61d_7.14_SUCCESS", "GCS15d_4.4.4_SUCCESS");

  private static final String KEYS = "rtds/keystore";
  private static final Eui64 BROKER = Eui64.parse("90-B3-D5-1F-30-00-00-02");
  private static final long COUNTER_AHEAD = 300;

  private enum Verdict {
    /** Every octet. */
    IDENTICAL,
    /** Every octet but those of an ECDSA signature, which never comes out the same twice. */
    IDENTICAL_BUT_SIGNATURE,
    /** The request cannot be translated, or needs a device log that nothing has. */
    NOT_TRANSLATED,
    CONTRADICTORY,
    DIFFERENT
  }

  @TempDir private Path folder;

  @Test
  void theCommandWritesTheOfficialMessages() throws Exception {
    StringWriter failures = new StringWriter();
    run(ReferenceData.path("rtds/duis"), failures);
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    List<String> different = new ArrayList<>();
    for (ReferencePair pair : ReferencePair.all()) {
      toldMore(pair);
      Verdict verdict = verdict(pair);
      counts.merge(verdict, 1, Integer::sum);
      if (verdict == Verdict.DIFFERENT) {
        different.add(pair.stem());
      }
      if (verdict == Verdict.NOT_TRANSLATED) {
        assertThat(failures.toString()).contains(pair.stem());
      }
    }

    System.out.println("transform command: " + counts);
    assertThat(different).isEmpty();
    assertThat(
            counts.getOrDefault(Verdict.IDENTICAL, 0)
                + counts.getOrDefault(Verdict.IDENTICAL_BUT_SIGNATURE, 0))
        .isGreaterThanOrEqualTo(IDENTICAL_FLOOR);
  }

  /** Runs the command again where the defaults cannot give the published message. */
  private void toldMore(ReferencePair pair) {
    MessageId sent = pair.expected().header().messageId();
    MessageId asked = pair.request().requestId();
    long ahead = sent.counter().value() - asked.counter().value();
    List<String> more = new ArrayList<>();
    if (!sent.originator().equals(asked.originator()) && ahead != COUNTER_AHEAD) {
      more.addAll(List.of("--broker-counter", sent.counter().toString()));
    }
    if (UNKNOWN_PARTIES.contains(pair.stem())) {
      more.add("--unknown-parties");
    }
    if (!more.isEmpty()) {
      Path file = ReferenceData.path("rtds/duis").resolve(pair.stem() + "_REQUEST_DUIS.XML");
      run(file, new StringWriter(), more.toArray(String[]::new));
    }
  }

  private Verdict verdict(ReferencePair pair) throws IOException, DecodeException {
    Path file = folder.resolve(pair.stem() + ending(pair));
    if (!Files.exists(file)) {
      return Verdict.NOT_TRANSLATED;
    }
    String written = Files.readString(file);
    if (written.equals(pair.expected().encode().hex())) {
      return Verdict.IDENTICAL;
    }
    if (ReferencePairsTest.CONTRADICTORY.contains(pair.stem())
        || OTHER_CERTIFICATES.contains(pair.stem())) {
      return Verdict.CONTRADICTORY;
    }
    return GbcsMessage.decode(Octets.ofHex(written)) instanceof Command command
            && command.content().signedOctets().equals(pair.content().signedOctets())
            && isSignedAndMaced(command)
        ? Verdict.IDENTICAL_BUT_SIGNATURE
        : Verdict.DIFFERENT;
  }

  private static String ending(ReferencePair pair) {
    return pair.expected() instanceof GbcsMessage.PreCommand ? ".PRECOMMAND.HEX" : ".COMMAND.HEX";
  }

  private static boolean isSignedAndMaced(Command command) throws IOException {
    KeyFiles keys = KeyFiles.read(ReferenceData.path(KEYS));
    MessageId id = command.header().messageId();
    try {
      MessageProtection.verifySignature(
          command.content(), keys.keys().signingKey(id.originator()).orElseThrow());
      MessageProtection.verifyMac(
          command.content(), command.mac(), keys.keys().secret(BROKER, id.target()).orElseThrow());
      return true;
    } catch (VerificationException invalid) {
      return false;
    }
  }

  private void run(Path path, StringWriter err, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                path.toString(),
                "--out",
                folder.toString(),
                "--keys",
                ReferenceData.path(KEYS).toString()));
    arguments.addAll(List.of(more));
    new CommandLine(new TransformCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }
}
