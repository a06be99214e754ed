// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;

/**
 * Every certificate authority of one installation. Each key is made on first start and kept in the
 * vault; what a crash left undone the next start completes.
 */
public final class Authorities {
  /** Most issuing authorities for devices: their names count them in three hexadecimal digits. */
  public static final int ISSUING_DCAS_MAX = 0xFFF;

  /** The party that the reference data names for contingency commands. */
  public static final Eui64 CONTINGENCY_PARTY = Eui64.parse("70B3D51F300017FF");

  /** The vault's name of the contingency key, until it is sealed. */
  public static final String CONTINGENCY = "contingency";

  /** The vault's name of the symmetric key that hides the contingency key, until it is split. */
  public static final String CONTINGENCY_WRAPPING = "contingency-wrapping";

  private final KeyVault vault;
  private final InstantSource clock;
  private final SecureRandom random;
  private final CertificateAuthority rootOca;
  private final CertificateAuthority issuingOca;
  private final CertificateAuthority rootDca;
  private final List<CertificateAuthority> issuingDcas = new ArrayList<>();
  private final CertificateAuthority ikiRoot;
  private final CertificateAuthority ikiIssuing;
  private final CertificateAuthority dcckiRoot;
  private final CertificateAuthority dcckiInfrastructure;
  private final CertificateAuthority dcckiUsers;

  private Authorities(KeyVault vault, InstantSource clock, SecureRandom random) {
    this.vault = vault;
    this.clock = clock;
    this.random = random;
    rootOca = openRootOca();
    issuingOca =
        openIssuing(
            "issuing-oca",
            CertificateProfile.ISSUING_OCA,
            new CertificateSubject.Authority("M1", Optional.of(RemotePartyRole.ISSUING_AUTHORITY)),
            rootOca);
    rootDca = openRoot("root-dca", CertificateProfile.ROOT_DCA, "MD");
    openDcas();
    ikiRoot = openRoot("iki-root", CertificateProfile.IKI_ROOT, "Meterbox IKI Root");
    ikiIssuing = openPlain("iki-issuing", CertificateProfile.IKI_ISSUING, "Meterbox IKI", ikiRoot);
    dcckiRoot = openRoot("dccki-root", CertificateProfile.DCCKI_ROOT, "Meterbox DCCKI Root");
    dcckiInfrastructure =
        openPlain(
            "dccki-infrastructure",
            CertificateProfile.DCCKI_INFRASTRUCTURE_CA,
            "Meterbox DCCKI Infrastructure",
            dcckiRoot);
    dcckiUsers =
        openPlain(
            "dccki-users", CertificateProfile.DCCKI_USER_CA, "Meterbox DCCKI Users", dcckiRoot);
  }

  /** Opens every authority in the vault and makes those that are not there. */
  public static Authorities openOrCreate(KeyVault vault, InstantSource clock, SecureRandom random) {
    return new Authorities(vault, clock, random);
  }

  /** Root of the organisation infrastructure; every device carries its certificate. */
  public CertificateAuthority rootOca() {
    return rootOca;
  }

  /** Issues to DCC Users and to the DCC's roles. */
  public CertificateAuthority issuingOca() {
    return issuingOca;
  }

  /** Root of the device infrastructure. */
  public CertificateAuthority rootDca() {
    return rootDca;
  }

  /** The one issuing authority for devices that is open for new certificates. */
  public synchronized CertificateAuthority issuingDca() {
    return issuingDcas.getLast();
  }

  /** All issuing authorities for devices, the open one last. */
  public synchronized List<CertificateAuthority> issuingDcas() {
    return List.copyOf(issuingDcas);
  }

  /** Root of the infrastructure for responsible officers. */
  public CertificateAuthority ikiRoot() {
    return ikiRoot;
  }

  /** Issues to responsible officers and subscribers' systems. */
  public CertificateAuthority ikiIssuing() {
    return ikiIssuing;
  }

  /** Root of the DCC key infrastructure: the trust anchor of TLS between users and the DCC. */
  public CertificateAuthority dcckiRoot() {
    return dcckiRoot;
  }

  /** Issues TLS certificates. */
  public CertificateAuthority dcckiInfrastructure() {
    return dcckiInfrastructure;
  }

  /** Issues to people. */
  public CertificateAuthority dcckiUsers() {
    return dcckiUsers;
  }

  /**
   * Closes the open issuing authority for devices and opens the next one, unless another caller has
   * done so: {@code full} says which one the caller found full.
   *
   * @throws IllegalStateException where {@link #ISSUING_DCAS_MAX} are closed
   */
  public synchronized CertificateAuthority openNextIssuingDca(CertificateAuthority full) {
    if (issuingDca() == full) {
      issuingDcas.add(openDca(issuingDcas.size() + 1));
    }
    return issuingDca();
  }

  /** Every authority, roots before those they certified. */
  public synchronized List<CertificateAuthority> all() {
    List<CertificateAuthority> all = new ArrayList<>();
    all.addAll(List.of(rootOca, issuingOca, rootDca));
    all.addAll(issuingDcas);
    all.addAll(List.of(ikiRoot, ikiIssuing, dcckiRoot, dcckiInfrastructure, dcckiUsers));
    return List.copyOf(all);
  }

  private CertificateAuthority openRootOca() {
    HeldKey root =
        vault.find("root-oca").orElseGet(() -> vault.create("root-oca", this::certifyRootOca));
    return new CertificateAuthority(CertificateKind.ROOT_OCA, root, random);
  }

  /** The contingency key comes first: the root's certificate carries it, hidden. */
  private List<X509Certificate> certifyRootOca(SigningKey key) {
    SecretKey wrapping =
        vault
            .findSecret(CONTINGENCY_WRAPPING)
            .orElseGet(() -> vault.createSecret(CONTINGENCY_WRAPPING));
    HeldKey contingency =
        vault.find(CONTINGENCY).orElseGet(() -> vault.create(CONTINGENCY, this::selfCertify));
    CertificateSubject name =
        new CertificateSubject.Authority("MA", Optional.of(RemotePartyRole.ROOT));
    return List.of(
        making(CertificateProfile.ROOT_OCA, name, key)
            .with(ContingencyKey.extension(contingency.signing().publicKey(), wrapping))
            .selfIssued(key));
  }

  /** A vault keeps no key without a certificate; this one never leaves it. */
  private List<X509Certificate> selfCertify(SigningKey key) {
    CertificateSubject name =
        new CertificateSubject.Organisation(
            Optional.empty(), RemotePartyRole.ROOT, CONTINGENCY_PARTY);
    return List.of(making(CertificateProfile.ORGANISATION_SIGNING, name, key).selfIssued(key));
  }

  private void openDcas() {
    issuingDcas.add(openDca(1));
    while (vault.names().contains(dcaKeyName(issuingDcas.size() + 1))) {
      issuingDcas.add(openDca(issuingDcas.size() + 1));
    }
  }

  private CertificateAuthority openDca(int number) {
    if (number > ISSUING_DCAS_MAX) {
      throw new IllegalStateException("no name is left for another issuing authority for devices");
    }
    return openPlain(
        dcaKeyName(number),
        CertificateProfile.ISSUING_DCA,
        String.format(Locale.ROOT, "D%03X", number),
        rootDca);
  }

  private static String dcaKeyName(int number) {
    return "issuing-dca-" + number;
  }

  private CertificateAuthority openRoot(
      String keyName, CertificateProfile profile, String commonName) {
    CertificateSubject name = new CertificateSubject.Authority(commonName, Optional.empty());
    HeldKey root =
        vault
            .find(keyName)
            .orElseGet(() ->
                vault.create(keyName, key -> List.of(making(profile, name, key).selfIssued(key))));
    return new CertificateAuthority(profile.kind(), root, random);
  }

  private CertificateAuthority openPlain(
      String keyName, CertificateProfile profile, String commonName, CertificateAuthority root) {
    CertificateSubject name = new CertificateSubject.Authority(commonName, Optional.empty());
    return openIssuing(keyName, profile, name, root);
  }

  private CertificateAuthority openIssuing(
      String keyName,
      CertificateProfile profile,
      CertificateSubject name,
      CertificateAuthority root) {
    HeldKey issuing =
        vault
            .find(keyName)
            .orElseGet(() ->
                vault.create(
                    keyName,
                    key ->
                        List.of(
                            root.certify(profile, name, key.publicKey(), clock.instant()),
                            root.certificate())));
    return new CertificateAuthority(profile.kind(), issuing, random);
  }

  private CertificateMaking making(
      CertificateProfile profile, CertificateSubject name, SigningKey key) {
    BigInteger serial = CertificateAuthority.newSerial(random);
    return new CertificateMaking(profile, name, key.publicKey(), clock.instant(), serial);
  }
}
