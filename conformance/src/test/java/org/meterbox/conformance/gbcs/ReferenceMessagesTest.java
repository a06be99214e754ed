// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.meterbox.conformance.gbcs.ReferenceMessages.Reference;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.DlmsDetail;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.decode.DecodedMessage;
import org.meterbox.gbcs.decode.MessageVerifier;
import org.meterbox.gbcs.decode.Payload;
import org.meterbox.gbcs.decode.Verification;
import org.meterbox.gbcs.decode.Verification.Content;
import org.meterbox.gbcs.decode.Verification.Verdict;
import org.meterbox.gbcs.dump.MessageDump;
import org.meterbox.gbcs.gbz.Component;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.kernel.DecodeException;

/**
 * Every official reference message is decoded, encoded again to the same octets, verified and
 * decrypted, and one table says so. What cannot be checked is named: between two devices no private
 * key is published.
 */
class ReferenceMessagesTest {
  private final MessageVerifier verifier = new MessageVerifier(ReferenceMessages.keys());
  private final Map<String, Tally> table = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  /** One line of the table. */
  private static final class Tally {
    private int files;
    private int decoded;
    private int identical;
    private int macs;
    private int macsValid;
    private int macsWithoutKey;
    private int signatures;
    private int signaturesValid;
    private int parts;
    private int partsDecrypted;

    void add(Tally other) {
      files += other.files;
      decoded += other.decoded;
      identical += other.identical;
      macs += other.macs;
      macsValid += other.macsValid;
      macsWithoutKey += other.macsWithoutKey;
      signatures += other.signatures;
      signaturesValid += other.signaturesValid;
      parts += other.parts;
      partsDecrypted += other.partsDecrypted;
    }

    String cells() {
      return String.format(
          Locale.ROOT,
          "%5d %8d %10d %10s %10s %10s%s",
          files,
          decoded,
          identical,
          ratio(macsValid, macs - macsWithoutKey),
          ratio(signaturesValid, signatures),
          ratio(partsDecrypted, parts),
          macsWithoutKey > 0
              ? String.format(Locale.ROOT, "  %d MACs without key", macsWithoutKey)
              : "");
    }

    private static String ratio(int done, int all) {
      return all == 0 ? "-" : String.format(Locale.ROOT, "%d/%d", done, all);
    }
  }

  @Test
  void everyMessageIsDecodedWrittenAgainVerifiedAndDecrypted() {
    List<Reference> messages = ReferenceMessages.all();
    messages.forEach(this::check);
    print();

    assertThat(messages).isNotEmpty();
    assertThat(faults).isEmpty();
  }

  private void check(Reference reference) {
    Tally tally = new Tally();
    tally.files = 1;
    String row = reference.folder();
    try {
      DecodedMessage message = DecodedMessage.decode(reference.octets());
      row = message.useCase().map(UseCase::name).orElse("?") + " " + message.kind().text();
      tally.decoded = 1;
      if (message.encode().equals(reference.octets())) {
        tally.identical = 1;
      } else {
        faults.add(reference.file() + ": written again it differs");
      }
      expect(reference, message.kind().text().equals(reference.kind()), "its kind");
      expect(reference, message.useCase().isPresent(), "its use case");
      judge(reference, message, verifier.verify(message), tally);
    } catch (DecodeException malformed) {
      faults.add(reference.file() + ": " + malformed.getMessage());
    }
    table.computeIfAbsent(row, ignored -> new Tally()).add(tally);
  }

  private void judge(
      Reference reference, DecodedMessage message, Verification verification, Tally tally) {
    tally.macs = verification.mac() == Verdict.ABSENT ? 0 : 1;
    tally.macsValid = verification.mac() == Verdict.VALID ? 1 : 0;
    tally.macsWithoutKey = verification.mac() == Verdict.NO_KEY ? 1 : 0;
    tally.signatures = verification.signature() == Verdict.ABSENT ? 0 : 1;
    tally.signaturesValid = verification.signature() == Verdict.VALID ? 1 : 0;
    tally.parts = verification.encryptedParts().size();
    tally.partsDecrypted = verification.decryptedParts();
    boolean betweenDevices =
        message.useCase().filter(u -> u.kind() == UseCase.Kind.DEVICE_TO_DEVICE).isPresent();

    expect(reference, tally.macsValid == tally.macs || betweenDevices, "its MAC");
    expect(reference, tally.signaturesValid == tally.signatures, "its signature");
    expect(reference, tally.partsDecrypted == tally.parts, "its encrypted parts");
    expect(reference, isUnderstood(message.payload()), "its payload, which stays octets");
    verification
        .encryptedParts()
        .forEach(part ->
            expect(
                reference,
                !(part.content() instanceof Content.Frame(ZclFrame frame)) || isUnderstood(frame),
                "its encrypted payload, which stays octets"));
    // A dump of any message must work, whatever it holds.
    expect(reference, !MessageDump.of(message, Optional.of(verification)).isBlank(), "its dump");
  }

  private static boolean isUnderstood(Payload payload) {
    return switch (payload) {
      case Payload.Gbz gbz ->
          gbz.message().components().stream()
              .allMatch(c -> !(c instanceof Component.Plain plain) || isUnderstood(plain.frame()));
      case Payload.Alert(AlertPayload.Dlms dlms) ->
          !(dlms.detail() instanceof DlmsDetail.Unrecognised);
      case Payload.Alert(AlertPayload.Gbz(GbzAlert gbz)) ->
          !(gbz.content() instanceof GbzAlert.Unrecognised);
      case Payload.Alert(AlertPayload.OtherNotification ignored) -> false;
      case Payload.Opaque ignored -> false;
      case Payload ignored -> true;
    };
  }

  private static boolean isUnderstood(ZclFrame frame) {
    return !(frame.payload() instanceof ZclPayload.Unrecognised);
  }

  private void expect(Reference reference, boolean holds, String what) {
    if (!holds) {
      faults.add(reference.file() + ": " + what);
    }
  }

  private void print() {
    Tally sum = new Tally();
    System.out.printf(
        Locale.ROOT,
        "%-28s %5s %8s %10s %10s %10s %10s%n",
        "use case, kind",
        "files",
        "decoded",
        "identical",
        "MAC",
        "signature",
        "decrypted");
    table.forEach((row, tally) -> {
      System.out.printf(Locale.ROOT, "%-28s %s%n", row, tally.cells());
      sum.add(tally);
    });
    System.out.printf(Locale.ROOT, "%-28s %s%n", "all", sum.cells());
  }
}
