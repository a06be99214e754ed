// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.TrustAnchorCell;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.ContingencyKey;
import org.meterbox.smki.ceremony.CeremonyRule;
import org.meterbox.smki.ceremony.SealedKeys.Keys;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.DateRule;
import org.meterbox.smki.repository.InMemoryCertificateRepository;
import org.meterbox.smki.validation.CertificateValidator;
import org.meterbox.smki.validation.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs commands with the contingency key. */
@Command(
    name = "contingency",
    description = {
      "With a quorum, sign commands that replace the root itself by the contingency key (GBCS",
      "CS02b, 0x0109). Each command tells devices the symmetric key in the clear, by which they",
      "find the contingency public key in the root certificate that they hold: once only.",
      "Example: smki ceremony contingency --share ann.share --share bob.share \\",
      "              --decision 'PMA 13' --new-root new/root-oca.pem --path new/issuing-oca.pem \\",
      "              --device 00-DB-12-34-56-78-90-A0 --replace supplier.pem --out commands"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:signed", "1:refused, with the rule", "2:wrong arguments"})
final class ContingencyCommand implements Callable<Integer> {
  @Option(
      names = "--new-root",
      paramLabel = "FILE",
      required = true,
      description = "The new Root OCA certificate, of another installation.")
  @InputPath(purpose = "the new Root OCA certificate")
  private @Nullable Path newRoot;

  @Option(
      names = "--path",
      paramLabel = "FILE",
      description = "Issuing authorities below the new root, for --replace.")
  @InputPath(purpose = "the issuing certificates of the new installation")
  private List<Path> issuing = new ArrayList<>();

  @Mixin private Quorum quorum = new Quorum();
  @Mixin private Replacements replacements = new Replacements();
  @Mixin private Orders orders = new Orders();
  @Mixin private SmkiOptions options = new SmkiOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (SmkiInstallation smki = SmkiInstallation.open(options, err)) {
      int exitCode =
          quorum.hold(
              smki, options.directory().root(), "contingency", err, keys -> work(smki, keys, out));
      out.flush();
      return exitCode;
    }
  }

  private Quorum.Result work(SmkiInstallation smki, Keys keys, PrintWriter out) throws IOException {
    X509Certificate root = Pem.certificates(Objects.requireNonNull(newRoot)).getFirst();
    Instant now = smki.clock().instant();
    Optional<CeremonyRule.Broken> fault = faultOfKey(smki, keys).or(() -> faultOfRoot(root, now));
    if (fault.isEmpty()) {
      fault = replacements.check(below(root), now);
    }
    if (fault.isPresent()) {
      return new Quorum.Result.Refused(fault.get());
    }
    List<Replacement> all = new ArrayList<>(replacements.checked());
    all.addFirst(
        new Replacement(
            new Certificate(CertificateDer.encode(root)),
            TrustAnchorCell.of(RemotePartyRole.ROOT, KeyUsage.KEY_CERT_SIGN)));
    List<String> account = new ArrayList<>();
    account.add("the contingency public key was found in the root certificate");
    account.addAll(
        orders.sign(
            smki,
            CredentialCommand.byContingency(Authorities.CONTINGENCY_PARTY, keys.symmetric()),
            all,
            replacements.path(),
            keys.contingency().signing()));
    account.forEach(out::println);
    return new Quorum.Result.Done(account);
  }

  /** What a device will do: decrypt the key that its root carries, and verify with it. */
  private static Optional<CeremonyRule.Broken> faultOfKey(SmkiInstallation smki, Keys keys) {
    Optional<ECPublicKey> hidden =
        ContingencyKey.reveal(smki.authorities().rootOca().certificate(), keys.symmetric());
    return hidden.equals(Optional.of(keys.contingency().signing().publicKey()))
        ? Optional.empty()
        : Optional.of(
            CeremonyRule.CONTINGENCY_KEY.broken("the root certificate hides another key"));
  }

  private static Optional<CeremonyRule.Broken> faultOfRoot(X509Certificate root, Instant now) {
    CertificateValidator alone =
        new CertificateValidator(
            new InMemoryCertificateRepository(), List.of(root), DateRule.ENFORCED);
    boolean isRoot =
        alone.validate(root, now) instanceof Verdict.Trusted
            && kind(root).equals(Optional.of(CertificateKind.ROOT_OCA))
            && ContingencyKey.isIn(root);
    return isRoot
        ? Optional.empty()
        : Optional.of(
            CeremonyRule.REPLACEMENT.broken(
                "the new root is no Root OCA certificate with a contingency key of its own"));
  }

  private CertificateValidator below(X509Certificate root) throws IOException {
    InMemoryCertificateRepository hierarchy = new InMemoryCertificateRepository();
    add(hierarchy, root);
    for (Path file : issuing) {
      for (X509Certificate certificate : Pem.certificates(file)) {
        add(hierarchy, certificate);
      }
    }
    return new CertificateValidator(hierarchy, List.of(root), DateRule.ENFORCED);
  }

  private static void add(InMemoryCertificateRepository hierarchy, X509Certificate certificate)
      throws IOException {
    try {
      hierarchy.add(CertificateRecord.inUse(certificate, CertificateContents.read(certificate)));
    } catch (DecodeException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  private static Optional<CertificateKind> kind(X509Certificate certificate) {
    try {
      return Optional.of(CertificateContents.read(certificate).kind());
    } catch (DecodeException malformed) {
      return Optional.empty();
    }
  }
}
