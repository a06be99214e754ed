// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.query;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.CertificateSearch;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.DateRule;

/**
 * Answers the two queries of the interface that the public DUIS emulator offers and client tools
 * expect: a search by EUI-64 and the retrieval of a certificate by its serial number. A request in,
 * a reply out, no transport.
 */
public final class RepositoryQuery {
  /** Path of the search. */
  public static final String SEARCH_PATH = "/services/certificatesearch";

  /** Path of the retrieval. */
  public static final String RETRIEVE_PATH = "/services/retrievecertificate";

  /** Longest query accepted, in octets; real ones have about 150. */
  public static final int QUERY_OCTETS_MAX = 16 * 1024;

  /** Hexadecimal digits of the longest serial number (RFC 5280: 20 octets). */
  private static final int SERIAL_DIGITS_MAX = 40;

  private final CertificateRepository repository;
  private final InstantSource clock;
  private final DateRule dates;
  private final Set<CertificateId> first;
  private final AtomicLong queries = new AtomicLong();

  /** Answers from this repository. */
  public RepositoryQuery(CertificateRepository repository, InstantSource clock, DateRule dates) {
    this(repository, clock, dates, Set.of());
  }

  /**
   * Answers from this repository.
   *
   * @param first certificates that come before all others of their holder: a client that takes the
   *     first one for its purpose takes these
   */
  public RepositoryQuery(
      CertificateRepository repository,
      InstantSource clock,
      DateRule dates,
      Set<CertificateId> first) {
    this.repository = repository;
    this.clock = clock;
    this.dates = dates;
    this.first = Set.copyOf(first);
  }

  /** Answers a {@code CertificateSearchRequest}. */
  public QueryReply search(Octets xml) {
    Reply reply = new Reply("CertificateSearchResponse");
    Optional<QueryDocument> query = parse(xml, "CertificateSearchRequest");
    Optional<Eui64> organisation =
        query.flatMap(q -> q.only("CertificateSubjectName")).flatMap(RepositoryQuery::eui);
    Optional<Eui64> device =
        query.flatMap(q -> q.only("CertificateSubjectAltName")).flatMap(RepositoryQuery::eui);
    Optional<CertificateSearch> search =
        organisation
            .map(eui -> CertificateSearch.of(eui).kind(CertificateKind.ORGANISATION))
            .or(() -> device.map(eui -> CertificateSearch.of(eui).kind(CertificateKind.DEVICE)));
    if (search.isEmpty()) {
      return reply.end(
          QueryReply.BAD_PARAMETERS,
          "one CertificateSubjectName or CertificateSubjectAltName with an EUI-64 is needed");
    }
    List<CertificateRecord> found =
        repository.search(search.get()).stream()
            .sorted(
                Comparator.comparing((CertificateRecord record) -> !first.contains(record.id())))
            .toList();
    if (found.isEmpty()) {
      return reply.end(QueryReply.NOTHING_FOUND, "no certificate found");
    }
    for (CertificateRecord record : found) {
      reply.open("Result");
      describe(reply, record);
      reply.close("Result");
    }
    return reply.end(QueryReply.FOUND, "success");
  }

  /** Answers a {@code CertificateDataRequest}. */
  public QueryReply retrieve(Octets xml) {
    Reply reply = new Reply("CertificateDataResponse");
    Optional<BigInteger> serial =
        parse(xml, "CertificateDataRequest")
            .flatMap(query -> query.only("CertificateSerial"))
            .flatMap(RepositoryQuery::serial);
    if (serial.isEmpty()) {
      return reply.end(QueryReply.BAD_PARAMETERS, "one CertificateSerial in hexadecimal is needed");
    }
    Optional<CertificateRecord> found =
        repository.findBySerial(serial.get()).stream()
            .filter(record -> isPublished(record.kind()))
            .findFirst();
    if (found.isEmpty()) {
      return reply.end(QueryReply.NOTHING_FOUND, "no certificate found");
    }
    reply.open("CertificateResponse");
    describe(reply, found.get());
    reply.text("CertificateBody", Base64.getEncoder().encodeToString(found.get().der().toArray()));
    reply.close("CertificateResponse");
    return reply.end(QueryReply.FOUND, "success");
  }

  private static Optional<QueryDocument> parse(Octets xml, String root) {
    return xml.length() > QUERY_OCTETS_MAX
        ? Optional.empty()
        : QueryDocument.parse(xml).filter(query -> query.is(root));
  }

  private void describe(Reply reply, CertificateRecord record) {
    reply.text("CertificateSerial", hex(record.certificate().getSerialNumber()));
    record
        .subject()
        .ifPresent(eui ->
            reply.text(
                record.kind() == CertificateKind.DEVICE
                    ? "CertificateSubjectAltName"
                    : "CertificateSubjectName",
                eui.dashed()));
    CertificateStatus status =
        dates == DateRule.ENFORCED ? record.statusAt(clock.instant()) : record.status();
    reply.text("CertificateStatus", String.valueOf(status.letter()));
    record.role().ifPresent(role -> reply.text("CertificateRole", Integer.toString(role.code())));
    reply.text("CertificateUsage", record.use().code());
    reply.text("ManufacturingFlag", "false");
  }

  /** The query interface serves SMKI; DCCKI and IKI are nobody else's business. */
  private static boolean isPublished(CertificateKind kind) {
    return switch (kind) {
      case ORGANISATION, DEVICE, ROOT_OCA, ISSUING_OCA, ROOT_DCA, ISSUING_DCA -> true;
      case IKI_ROOT,
          IKI_ISSUING,
          IKI_CREDENTIAL,
          DCCKI_ROOT,
          DCCKI_INFRASTRUCTURE_CA,
          DCCKI_USER_CA,
          DCCKI_INFRASTRUCTURE,
          DCCKI_USER ->
          false;
    };
  }

  private static Optional<Eui64> eui(String text) {
    try {
      return Optional.of(Eui64.parse(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<BigInteger> serial(String digits) {
    boolean hexadecimal =
        !digits.isEmpty()
            && digits.length() <= SERIAL_DIGITS_MAX
            && digits.chars().allMatch(HexFormat::isHexDigit);
    return hexadecimal ? Optional.of(new BigInteger(digits, 16)) : Optional.empty();
  }

  /** Whole octets in upper case. */
  private static String hex(BigInteger serial) {
    String digits = serial.toString(16).toUpperCase(Locale.ROOT);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  /** An answer being written. No text in it needs escaping: all of it is of our own making. */
  private final class Reply {
    private final String root;
    private final StringBuilder content = new StringBuilder();

    Reply(String root) {
      this.root = root;
    }

    void open(String element) {
      content.append('<').append(element).append('>');
    }

    void close(String element) {
      content.append("</").append(element).append('>');
    }

    void text(String element, String text) {
      open(element);
      content.append(text);
      close(element);
    }

    QueryReply end(int status, String message) {
      String found = content.toString();
      content.setLength(0);
      content.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
      open(root);
      text("ResponseCode", Integer.toString(status));
      text("ResponseMessage", message);
      text("AuditReference", Long.toString(queries.incrementAndGet()));
      content.append(found);
      close(root);
      return new QueryReply(status, content.toString());
    }
  }
}
