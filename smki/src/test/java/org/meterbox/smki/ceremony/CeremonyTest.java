// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.AuditLog.Verification;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.ContingencyKey;
import org.meterbox.smki.ceremony.SealedKeys.Keys;
import org.meterbox.smki.ceremony.SealedKeys.Sealing;
import org.meterbox.smki.ceremony.SealedKeys.Unsealing;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.vault.Pkcs12Vault;

/** Sealing, custodians who come or do not, and what an altered share or transcript gives away. */
final class CeremonyTest {
  private static final Eui64 RECOVERY = Eui64.parse("90B3D51F30000001");
  private static final List<String> NAMES = List.of("ann", "bob", "cat", "dan", "eve");
  private static final char[] PASSPHRASE = "correct horse battery".toCharArray();

  /** Enough for a test; a passphrase is guessed a few times here, not a few million times. */
  private static final int ITERATIONS = 1_000;

  private final Path folder;
  private final Installation smki;
  private final Pkcs12Vault vault;
  private final SealedKeys sealed;
  private final List<Share> shares = new ArrayList<>();

  CeremonyTest(@TempDir Path folder) {
    this.folder = folder;
    smki = new Installation(folder);
    vault = Pkcs12Vault.openIn(folder, "smki", smki.random);
    sealed = new SealedKeys(folder, smki.random);
  }

  private Sealing seal(int threshold) throws Exception {
    return seal(threshold, shares::add);
  }

  private Sealing seal(int threshold, SealedKeys.Handover handover) throws Exception {
    CertificateIssuer issuer =
        new CertificateIssuer(
            smki.authorities,
            smki.repository,
            Entitlements.fixed(
                List.of(
                    new Entitlements.Entitlement(
                        RECOVERY,
                        java.util.Set.of(RemotePartyRole.RECOVERY),
                        List.of(EuiRange.of(RECOVERY)),
                        List.of()))),
            smki.clock,
            10);
    return sealed.seal(
        vault,
        inside ->
            issuer.findOrEnrol(
                inside,
                SealedKeys.RECOVERY,
                RECOVERY,
                new CertificateSubject.Organisation(
                    Optional.empty(), RemotePartyRole.RECOVERY, RECOVERY),
                KeyUse.DIGITAL_SIGNATURE,
                CellUsage.MANAGEMENT),
        threshold,
        NAMES,
        handover);
  }

  private CeremonyRule refused(List<Share> present) throws Exception {
    return ((Unsealing.Refused) sealed.unseal(present)).broken().rule();
  }

  // Every three of five open the seal, whoever they are and in whatever order they come.
  @Test
  void opensWithEveryQuorum() throws Exception {
    assertThat(seal(3)).isInstanceOf(Sealing.Sealed.class);
    int quorums = 0;
    for (int who = 0; who < 1 << NAMES.size(); who++) {
      if (Integer.bitCount(who) == 3) {
        List<Share> present = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
          if ((who >> i & 1) == 1) {
            present.addFirst(shares.get(i));
          }
        }
        Keys keys = ((Unsealing.Unsealed) sealed.unseal(present)).keys();
        // The very key that devices find in their root certificate.
        assertThat(
                ContingencyKey.reveal(smki.authorities.rootOca().certificate(), keys.symmetric()))
            .contains(keys.contingency().signing().publicKey());
        assertThat(smki.repository.findBySubject(RECOVERY).getFirst().certificate())
            .isEqualTo(keys.recovery().chain().getFirst());
        quorums++;
      }
    }
    assertThat(quorums).isEqualTo(10);
    assertThat(sealed.unseal(shares)).isInstanceOf(Unsealing.Unsealed.class);
  }

  @Test
  void staysShutForFewerHoweverOftenTheyCome() throws Exception {
    seal(3);
    assertThat(refused(List.of())).isEqualTo(CeremonyRule.QUORUM);
    assertThat(refused(shares.subList(0, 2))).isEqualTo(CeremonyRule.QUORUM);
    Share one = shares.getFirst();
    assertThat(refused(List.of(one, one, one))).isEqualTo(CeremonyRule.QUORUM);
  }

  // With one share too few every secret is equally likely: a share alone tells nothing.
  @Test
  void keepsTheSecretFromEachShare() throws Exception {
    byte[] secret = new byte[64];
    smki.random.nextBytes(secret);
    SecretSplitting.Split split = SecretSplitting.split(secret, 2, NAMES, smki.random);
    for (Share share : split.shares()) {
      assertThat(share.part().toArray()).hasSize(64).isNotEqualTo(secret);
      assertThat(share.toString()).doesNotContain(share.part().hex());
    }
  }

  @Test
  void namesTheShareThatIsWrong() throws Exception {
    seal(3);
    Share bob = shares.get(1);
    byte[] altered = bob.part().toArray();
    altered[40] ^= 1;
    List<Share> present = new ArrayList<>(shares.subList(0, 3));
    present.set(1, new Share(bob.set(), bob.custodian(), Octets.of(altered)));
    assertThat(((Unsealing.Refused) sealed.unseal(present)).broken())
        .isEqualTo(CeremonyRule.SHARE.broken("the share of bob is a wrong one"));
    // Another's share under his name is no better.
    present.set(1, new Share(bob.set(), "bob", shares.get(4).part()));
    assertThat(refused(present)).isEqualTo(CeremonyRule.SHARE);
    present.set(1, new Share(bob.set(), "mallory", bob.part()));
    assertThat(refused(present)).isEqualTo(CeremonyRule.CUSTODIAN);
    present.set(1, new Share(Octets.of(new byte[8]), "bob", bob.part()));
    assertThat(refused(present)).isEqualTo(CeremonyRule.SET);
  }

  // Afterwards nobody who has the machine has the keys.
  @Test
  void leavesNothingInTheEverydayVault() throws Exception {
    seal(2);
    Pkcs12Vault everyday = Pkcs12Vault.openIn(folder, "smki", smki.random);
    assertThat(everyday.find(Authorities.CONTINGENCY)).isEmpty();
    assertThat(everyday.findSecret(Authorities.CONTINGENCY_WRAPPING)).isEmpty();
    // The next start finds its root and makes no second contingency key.
    assertThat(new Installation(folder).authorities.rootOca().certificate())
        .isEqualTo(smki.authorities.rootOca().certificate());
    assertThat(everyday.names()).doesNotContain(Authorities.CONTINGENCY);
  }

  @Test
  void sealsOnce() throws Exception {
    seal(2);
    assertThat(((Sealing.Refused) seal(2)).broken().rule()).isEqualTo(CeremonyRule.PREPARED_ONCE);
    assertThat(sealed.unseal(shares.subList(0, 2))).isInstanceOf(Unsealing.Unsealed.class);
  }

  // A full disk while shares are written: nothing is lost, and the next try seals.
  @Test
  void canBeInterruptedWhileSharesAreHandedOver() throws Exception {
    assertThatThrownBy(() ->
            seal(
                2,
                share -> {
                  if (share.custodian().equals("cat")) {
                    throw new IOException("no space left");
                  }
                }))
        .isInstanceOf(IOException.class);
    assertThat(sealed.isSealed()).isFalse();
    assertThat(refused(shares)).isEqualTo(CeremonyRule.PREPARED);
    assertThat(seal(2)).isInstanceOf(Sealing.Sealed.class);
    assertThat(sealed.unseal(shares.subList(3, 5))).isInstanceOf(Unsealing.Unsealed.class);
  }

  @Test
  void refusesSizesThatAreNoControl() {
    assertThatThrownBy(() -> seal(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> seal(6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> SecretSplitting.split(new byte[64], 2, List.of("ann", "ann"), smki.random))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> SecretSplitting.split(new byte[64], 2, List.of("ann", "../bob"), smki.random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- a share in its file ----

  @Test
  void opensAShareFileWithItsPassphraseOnly() throws Exception {
    seal(2);
    Path file = folder.resolve("ann.share");
    ShareFile.write(file, shares.getFirst(), PASSPHRASE, ITERATIONS, smki.random);
    assertThat(ShareFile.open(file, PASSPHRASE))
        .isEqualTo(new ShareFile.Opening.Opened(shares.getFirst()));
    assertThat(ShareFile.open(file, "another passphrase".toCharArray()))
        .isEqualTo(new ShareFile.Opening.Refused("ann"));
    assertThat(Files.readString(file)).doesNotContain(shares.getFirst().part().hex());
    assertThatThrownBy(() ->
            ShareFile.write(
                file, shares.getFirst(), "short".toCharArray(), ITERATIONS, smki.random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Any change to a file, be it to the name in its head, is noticed.
  @Test
  void noticesEveryAlteredCharacterOfAShareFile() throws Exception {
    seal(2);
    Path file = folder.resolve("ann.share");
    ShareFile.write(file, shares.getFirst(), PASSPHRASE, ITERATIONS, smki.random);
    String text = Files.readString(file);
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == '7' ? '8' : '7';
      Files.writeString(file, text.substring(0, i) + other + text.substring(i + 1));
      try {
        assertThat(ShareFile.open(file, PASSPHRASE))
            .as("character %d", i)
            .isInstanceOf(ShareFile.Opening.Refused.class);
      } catch (DecodeException malformed) {
        assertThat(malformed).hasMessageNotContaining(new String(PASSPHRASE));
      }
    }
  }

  @Test
  void refusesACustodyFileThatContradictsItself() throws Exception {
    seal(2);
    Path file = folder.resolve("custody.txt");
    String text = Files.readString(file);
    for (String altered :
        List.of(
            text.replace("threshold: 2", "threshold: 1"),
            text.replace("threshold: 2", "threshold: 6"),
            text.replace("custodian: ann", "custodian: bob"),
            text + "more: of it\n",
            "")) {
      Files.writeString(file, altered);
      assertThatThrownBy(sealed::custody).isInstanceOf(DecodeException.class);
    }
  }

  // ---- the transcript ----

  @Test
  void chainsTheTranscriptAndNoticesEveryChange() throws Exception {
    Path file = folder.resolve("transcript");
    Transcript transcript = Transcript.begin(file, smki.clock);
    transcript.append("ann", AuditAction.CEREMONY, "came\tand\nsaw");
    transcript.append("bob", AuditAction.CEREMONY, "came");
    transcript.append("PMA", AuditAction.CEREMONY, "decided");
    assertThat(Transcript.read(file, smki.clock).verify())
        .isEqualTo(transcript.verify())
        .isInstanceOf(Verification.Intact.class);
    assertThatThrownBy(() -> Transcript.begin(file, smki.clock)).isInstanceOf(IOException.class);

    String text = Files.readString(file);
    assertThat(text.lines()).hasSize(3);
    List<String> lines = text.lines().toList();
    Files.writeString(file, text.replace("saw", "sow"));
    assertThat(Transcript.read(file, smki.clock).verify())
        .isEqualTo(new Verification.Broken(1, "its contents were changed"));
    Files.writeString(file, lines.get(0) + "\n" + lines.get(2) + "\n");
    assertThat(Transcript.read(file, smki.clock).verify()).isInstanceOf(Verification.Broken.class);
    Files.writeString(file, "1\tnonsense\n");
    assertThatThrownBy(() -> Transcript.read(file, smki.clock)).isInstanceOf(DecodeException.class);
  }
}
