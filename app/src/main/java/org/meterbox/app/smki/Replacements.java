// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.smki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.app.files.InputPath;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CredentialContent.Replacement;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.gbcs.asn1.TrustAnchorCell;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.ceremony.CeremonyRule;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.validation.CertificateValidator;
import org.meterbox.smki.validation.Verdict;
import picocli.CommandLine.Option;

/** Which certificate goes into which cell. */
final class Replacements {
  @Option(
      names = "--replace",
      paramLabel = "[ROLE=]FILE",
      description = {
        "A certificate for the cell of its own role, or of the role named: the Access Control",
        "Broker's may stand in for any party. May be repeated."
      })
  private List<String> wishes = new ArrayList<>();

  @Option(
      names = "--replace-top-up",
      paramLabel = "FILE",
      description = "A supplier's certificate for the cell of prepayment top-ups.")
  @InputPath(purpose = "a supplier's certificate for top-ups")
  private List<Path> topUps = new ArrayList<>();

  private final List<Replacement> replacements = new ArrayList<>();
  private final Set<X509Certificate> path = new LinkedHashSet<>();

  /** Checks every certificate against its cell and its root; says what is wrong, if anything. */
  Optional<CeremonyRule.Broken> check(CertificateValidator validator, Instant now)
      throws IOException {
    for (String wish : wishes) {
      int at = wish.indexOf('=');
      Optional<RemotePartyRole> role =
          at < 0 ? Optional.empty() : Optional.of(role(wish.substring(0, at)));
      Optional<CeremonyRule.Broken> fault =
          check(validator, now, Path.of(wish.substring(at + 1)), role, false);
      if (fault.isPresent()) {
        return fault;
      }
    }
    for (Path file : topUps) {
      Optional<CeremonyRule.Broken> fault = check(validator, now, file, Optional.empty(), true);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<CeremonyRule.Broken> check(
      CertificateValidator validator,
      Instant now,
      Path file,
      Optional<RemotePartyRole> wanted,
      boolean topUp)
      throws IOException {
    X509Certificate certificate = Pem.certificates(file).getFirst();
    CertificateContents contents;
    try {
      contents = CertificateContents.read(certificate);
    } catch (DecodeException malformed) {
      return broken(file, malformed.getMessage());
    }
    if (contents.kind() != CertificateKind.ORGANISATION || contents.role().isEmpty()) {
      return broken(file, "is no organisation's certificate");
    }
    RemotePartyRole own = contents.role().get();
    RemotePartyRole role = wanted.orElse(own);
    if (role != own && own != RemotePartyRole.ACCESS_CONTROL_BROKER) {
      return broken(file, String.format(Locale.ROOT, "names the role %s, not %s", own, role));
    }
    if (role.code() > RemotePartyRole.OTHER.code()
        || (topUp
            && (role != RemotePartyRole.SUPPLIER || contents.use() != KeyUse.KEY_AGREEMENT))) {
      return broken(file, "has no such cell in a device");
    }
    return switch (validator.validate(certificate, now)) {
      case Verdict.Distrusted distrusted ->
          broken(file, distrusted.rule() + ": " + distrusted.detail());
      case Verdict.Trusted(List<X509Certificate> chain) -> {
        path.addAll(chain.subList(1, chain.size() - 1));
        replacements.add(
            new Replacement(
                new Certificate(CertificateDer.encode(certificate)),
                topUp
                    ? TrustAnchorCell.supplierPrepayment()
                    : TrustAnchorCell.of(role, usage(contents.use()))));
        yield Optional.empty();
      }
    };
  }

  /** What was checked. */
  List<Replacement> checked() {
    return List.copyOf(replacements);
  }

  /** The issuing authorities on the way to the root. */
  List<Certificate> path() {
    return path.stream().map(each -> new Certificate(CertificateDer.encode(each))).toList();
  }

  private static KeyUsage usage(KeyUse use) {
    return switch (use) {
      case DIGITAL_SIGNATURE -> KeyUsage.DIGITAL_SIGNATURE;
      case KEY_AGREEMENT -> KeyUsage.KEY_AGREEMENT;
      case CERTIFICATE_SIGNING -> KeyUsage.KEY_CERT_SIGN;
    };
  }

  private static RemotePartyRole role(String text) throws IOException {
    for (RemotePartyRole role : RemotePartyRole.values()) {
      if (role.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return role;
      }
    }
    throw new IOException("--replace: there is no role " + text);
  }

  private static Optional<CeremonyRule.Broken> broken(Path file, String why) {
    return Optional.of(CeremonyRule.REPLACEMENT.broken(file + " " + why));
  }
}
