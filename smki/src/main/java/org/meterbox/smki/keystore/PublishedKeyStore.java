// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.keystore;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.CertificateStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The key store file that public DUIS test tools share: a JSON object of EUI-64, then key usage,
 * then serial number in decimal, with certificate, private key, name and role of each entry.
 *
 * <pre>{@code
 * {"90b3d51f30010000": {"keyAgreement": {"7870...": {
 *     "certificate": "PEM", "privateKey": "PEM", "name": "Z1-supplier-ka", "role": 2}}}}
 * }</pre>
 *
 * Its private keys are public: fit for tests and never for real use.
 */
public final class PublishedKeyStore {
  /** Longest file accepted, in octets; the published one has 50 KB. */
  public static final int FILE_OCTETS_MAX = 4 * 1024 * 1024;

  /** An entry under a name that comes twice would be lost in silence. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Comparator<Entry> WORKED_WITH_FIRST =
      Comparator.comparing(Entry::isOfFirstSet)
          .thenComparing((Entry entry) -> entry.record().notAfter())
          .reversed();

  private static final byte[] PROBE = "do both halves match?".getBytes(StandardCharsets.US_ASCII);

  private final List<Entry> entries;

  private PublishedKeyStore(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** One certificate with the private key to it. */
  public static final class Entry {
    private final String name;
    private final CertificateRecord record;
    private final PrivateKey privateKey;

    Entry(String name, CertificateRecord record, PrivateKey privateKey) {
      this.name = name;
      this.record = record;
      this.privateKey = privateKey;
    }

    /** The entry's name in the file, for example {@code Z1-supplier-ds}. */
    public String name() {
      return name;
    }

    /** The certificate, in use. */
    public CertificateRecord record() {
      return record;
    }

    /** Uses the private key to sign. */
    public SigningKey signingKey() {
      requireUse(KeyUse.DIGITAL_SIGNATURE);
      return new SoftwareSigningKey(privateKey, record.publicKey());
    }

    /** Uses the private key to agree on secrets. */
    public AgreementKey agreementKey() {
      requireUse(KeyUse.KEY_AGREEMENT);
      return new SoftwareAgreementKey(privateKey, record.publicKey());
    }

    private void requireUse(KeyUse use) {
      if (record.use() != use) {
        throw new IllegalStateException(name + " is a key for " + record.use());
      }
    }

    /** The private key in PKCS#8 (DER); everybody knows it, since the file is published. */
    public Octets publishedPrivateKey() {
      return Octets.of(privateKey.getEncoded());
    }

    private boolean isOfFirstSet() {
      return record
          .id()
          .issuer()
          .commonName()
          .map(issuer -> name.startsWith(issuer + "-"))
          .orElse(false);
    }

    /** Names the entry; the key stays out of sight. */
    @Override
    public String toString() {
      return "Entry[" + name + "]";
    }
  }

  /**
   * Reads and checks a key store: each certificate must be filed under its own EUI-64, usage,
   * serial number and role, and each private key must belong to its certificate.
   *
   * @throws KeyStoreException where the file is malformed or an entry contradicts itself
   * @throws UncheckedIOException where the file cannot be read
   */
  public static PublishedKeyStore read(Path file) {
    try {
      if (Files.size(file) > FILE_OCTETS_MAX) {
        throw new KeyStoreException("the key store has more than " + FILE_OCTETS_MAX + " octets");
      }
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads and checks the text of a key store; see {@link #read}. */
  public static PublishedKeyStore parse(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new KeyStoreException("the key store is not JSON: " + e.getOriginalMessage());
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> organisation : root.properties()) {
      for (Map.Entry<String, JsonNode> usage : organisation.getValue().properties()) {
        for (Map.Entry<String, JsonNode> serial : usage.getValue().properties()) {
          Entry entry = entry(serial.getValue());
          requireFiledRight(entry, organisation.getKey(), usage.getKey(), serial.getKey());
          entries.add(entry);
        }
      }
    }
    if (entries.isEmpty()) {
      throw new KeyStoreException("the key store holds no keys");
    }
    return new PublishedKeyStore(entries);
  }

  /** All entries, in the order of the file. */
  public List<Entry> entries() {
    return entries;
  }

  /** The entry of this certificate. */
  public Optional<Entry> find(CertificateId id) {
    return entries.stream().filter(entry -> entry.record().id().equals(id)).findFirst();
  }

  /**
   * The entries of one party for one use, the one that the party works with first.
   *
   * <p>The published file holds a party's keys in sets. The first set is named after the issuing
   * authority ({@code Z1-supplier-ka} by {@code CN=Z1}); the keys that client tools carry are of
   * this set. A second one has a letter more ({@code Z1b-supplier-ka}) and ends later, and no tool
   * carries it. So the first set comes first, and within a set what ends last.
   */
  public List<Entry> find(Eui64 party, RemotePartyRole role, KeyUse use, CellUsage cellUsage) {
    return entries.stream()
        .filter(entry ->
            entry.record().subject().equals(Optional.of(party))
                && entry.record().role().equals(Optional.of(role))
                && entry.record().use() == use
                && entry.record().cellUsage() == cellUsage)
        .sorted(WORKED_WITH_FIRST)
        .toList();
  }

  /** The certificates with which parties work: for each party, role and use the first entry's. */
  public Set<CertificateId> workedWith() {
    return entries.stream()
        .filter(entry ->
            entry.equals(
                find(
                        entry.record().subject().orElseThrow(),
                        entry.record().role().orElseThrow(),
                        entry.record().use(),
                        entry.record().cellUsage())
                    .getFirst()))
        .map(entry -> entry.record().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Puts every certificate into a repository; those that are there stay as they are. */
  public void publishTo(CertificateRepository repository) {
    for (Entry entry : entries) {
      if (repository.add(entry.record()) == CertificateRepository.Addition.OTHER_WITH_SAME_ID) {
        throw new KeyStoreException(
            "the repository knows another certificate by the serial number of " + entry.name());
      }
    }
  }

  private static Entry entry(JsonNode node) {
    String name = node.path("name").asString("");
    try {
      X509Certificate certificate =
          CertificateDer.decode(pem(name, node.path("certificate"), "CERTIFICATE"));
      CertificateContents contents = CertificateContents.read(certificate);
      if (contents.role().map(RemotePartyRole::code).orElse(-1) != node.path("role").asInt(-2)) {
        throw new KeyStoreException(name + " has another role than its certificate");
      }
      CertificateRecord record =
          new CertificateRecord(
              certificate, contents, cellUsage(name, contents.use()), CertificateStatus.IN_USE);
      PrivateKey key =
          P256.privateKeyFromPkcs8(pem(name, node.path("privateKey"), "PRIVATE KEY").toArray());
      requirePair(name, key, record.publicKey());
      return new Entry(name, record, key);
    } catch (DecodeException e) {
      throw new KeyStoreException(name + " has no usable certificate: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new KeyStoreException(name + " has a key that is not on P-256");
    }
  }

  /** Only the name tells a top-up key from the other key agreement key: it ends in PP-ka. */
  private static CellUsage cellUsage(String name, KeyUse use) {
    boolean topUp = use == KeyUse.KEY_AGREEMENT && name.toLowerCase(Locale.ROOT).endsWith("pp-ka");
    return topUp ? CellUsage.PREPAYMENT_TOP_UP : CellUsage.MANAGEMENT;
  }

  private static void requireFiledRight(
      Entry entry, String organisation, String usage, String serial) {
    CertificateRecord record = entry.record();
    Optional<KeyUse> filedUse =
        switch (usage) {
          case "digitalSignature" -> Optional.of(KeyUse.DIGITAL_SIGNATURE);
          case "keyAgreement" -> Optional.of(KeyUse.KEY_AGREEMENT);
          default -> Optional.empty();
        };
    boolean right =
        record.subject().map(eui -> eui.hex().equalsIgnoreCase(organisation)).orElse(false)
            && filedUse.equals(Optional.of(record.use()))
            && record.certificate().getSerialNumber().toString().equals(serial);
    if (!right) {
      throw new KeyStoreException(
          entry.name() + " is filed under another party, usage or serial number");
    }
  }

  private static Octets pem(String name, JsonNode text, String type) {
    try (PemReader reader = new PemReader(new StringReader(text.asString("")))) {
      PemObject object = reader.readPemObject();
      if (object == null || !object.getType().equals(type)) {
        throw new KeyStoreException(name + " has no " + type.toLowerCase(Locale.ROOT) + " in PEM");
      }
      return Octets.of(object.getContent());
    } catch (IOException e) {
      throw new KeyStoreException(name + " has malformed PEM");
    }
  }

  private static void requirePair(String name, PrivateKey key, ECPublicKey publicKey) {
    try {
      Signatures.verify(publicKey, PROBE, new SoftwareSigningKey(key, publicKey).sign(PROBE));
    } catch (VerificationException e) {
      throw new KeyStoreException(name + " has a private key that is not its certificate's");
    }
  }
}
