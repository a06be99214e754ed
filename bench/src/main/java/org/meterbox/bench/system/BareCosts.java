// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.Participant;
import org.meterbox.bench.measure.Stopwatch;
import org.meterbox.bench.measure.Stopwatch.Measured;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.MessageMac;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SensitiveContent;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.store.Store;

/**
 * What a read pair costs when nothing but its cryptography, its XML parsing and its durable commits
 * is done, in microseconds of CPU, measured in the same run.
 *
 * @param sign one ECDSA P-256 signature
 * @param verify one ECDSA P-256 verification
 * @param parse one pass of the JDK's pull parser over a request
 * @param mac one message authentication code, the shared secret known
 * @param encrypt one encryption or decryption of sensitive content, the shared secret known
 * @param commit one durable transaction that stores a request, in this process and the database's
 */
record BareCosts(
    double sign, double verify, double parse, double mac, double encrypt, double commit) {
  // A read pair: the request, the acknowledgement and the response are each signed, verified and
  // parsed once; the command and the answer each bear a MAC that is made and checked once; the
  // reading is encrypted and decrypted once; one commit each for what goes down and what comes up.
  private static final int SIGNED_DOCUMENTS = 3;
  private static final int MACS = 4;
  private static final int ENCRYPTIONS = 2;
  private static final int COMMITS = 2;

  // The DSP's own part of it.
  private static final int DSP_SIGNATURES = 2;
  private static final int DSP_MACS = 1;

  private static final double NANOS_PER_MICRO = 1000;
  private static final int COMMITS_MEASURED = 2000;
  private static final int MESSAGE_OCTETS = 158;
  private static final int READING_OCTETS = 40;
  private static final MessageCode READ_IMPORT = new MessageCode(0x27);

  /** Everything that all sides of a read pair must do at least. */
  double pair() {
    return SIGNED_DOCUMENTS * (sign + verify + parse)
        + MACS * mac
        + ENCRYPTIONS * encrypt
        + COMMITS * commit;
  }

  /** What the DSP must do at least. */
  double dsp() {
    return verify + parse + DSP_SIGNATURES * sign + DSP_MACS * mac + COMMITS * commit;
  }

  /**
   * Measures them.
   *
   * @param seconds to warm up each operation
   */
  static BareCosts measure(Store store, DatabaseCounters database, int seconds) throws Exception {
    SecureRandom random = new SecureRandom();
    KeyPair pair = P256.generate(random);
    SoftwareSigningKey key = SoftwareSigningKey.of(pair);
    ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
    byte[] document = request().write().octets().toArray();
    EcdsaSignature signature = key.sign(document);
    DerivedKey derived =
        MessageProtection.macKey(
            header(),
            SoftwareAgreementKey.of(P256.generate(random))
                .agree((ECPublicKey) P256.generate(random).getPublic()));
    Octets message = Octets.of(new byte[MESSAGE_OCTETS]);
    Octets reading = Octets.of(new byte[READING_OCTETS]);
    Map<String, Measured> all =
        new Stopwatch(seconds)
            .add("sign", () -> key.sign(document))
            .add(
                "verify",
                () -> {
                  Signatures.verify(publicKey, document, signature);
                  return signature;
                })
            .add("parse", () -> parse(document))
            .add("mac", () -> MessageMac.compute(derived, message))
            .add("encrypt", () -> SensitiveContent.encrypt(derived, reading))
            .measure();
    return new BareCosts(
        micros(all, "sign"),
        micros(all, "verify"),
        micros(all, "parse"),
        micros(all, "mac"),
        micros(all, "encrypt"),
        commit(store, database, document));
  }

  private static double micros(Map<String, Measured> all, String name) {
    return Objects.requireNonNull(all.get(name)).nanos() / NANOS_PER_MICRO;
  }

  private static RequestDraft request() {
    return RequestDraft.single(
        header().messageId(),
        CommandVariant.NON_CRITICAL_WAN,
        new ServiceReferenceVariant("4.1.1"),
        XmlElement.of("ReadInstantaneousImportRegisters"));
  }

  private static GroupingHeader header() {
    return GroupingHeader.of(
        CraFlag.COMMAND,
        new MessageId(
            Participant.SUPPLIER_1.id(),
            Home.FIRST.electricityMeter(),
            new OriginatorCounter(Instant.EPOCH.getEpochSecond() + 1)),
        new OtherInformation.CodeOnly(READ_IMPORT));
  }

  private static int parse(byte[] document) throws XMLStreamException {
    XMLStreamReader parser =
        XMLInputFactory.newDefaultFactory()
            .createXMLStreamReader(new ByteArrayInputStream(document));
    int seen = 0;
    while (parser.hasNext()) {
      seen += parser.next();
    }
    parser.close();
    return seen;
  }

  private static double commit(Store store, DatabaseCounters database, byte[] document) {
    store.statement(connection -> {
      try (PreparedStatement make =
          connection.prepareStatement(
              "CREATE TABLE IF NOT EXISTS bench_commit (document bytea NOT NULL)")) {
        return make.executeUpdate();
      }
    });
    for (int i = 0; i < COMMITS_MEASURED; i++) {
      insert(store, document);
    }
    Costs before = Costs.now(database);
    for (int i = 0; i < COMMITS_MEASURED; i++) {
      insert(store, document);
    }
    Costs used = Costs.now(database).since(before);
    return (used.jvmCpuNanos() + used.databaseCpuNanos()) / NANOS_PER_MICRO / COMMITS_MEASURED;
  }

  private static void insert(Store store, byte[] document) {
    store.statement(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bench_commit VALUES (?)")) {
        insert.setBytes(1, document);
        return insert.executeUpdate();
      }
    });
  }
}
