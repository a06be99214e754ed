// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;

/**
 * Asks the SMKI Repository's query interface for certificates: a search by EUI-64 first, then one
 * certificate after the other by its serial number.
 */
public final class SmkiRepositoryClient implements AutoCloseable {
  /** How long one question may take. */
  public static final Duration ANSWER_MAX = Duration.ofSeconds(4);

  /** The longest answer that is read. */
  public static final int ANSWER_OCTETS_MAX = 1024 * 1024;

  private static final int NOTHING_FOUND = 402;
  private static final String IN_USE = "I";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final URI repository;

  /** The repository at this address. */
  public SmkiRepositoryClient(URI repository) {
    this.repository = repository;
  }

  /** Whom a certificate is searched for. */
  public enum Holder {
    /** An organisation: its EUI-64 stands in the subject's name. */
    ORGANISATION("CertificateSubjectName"),
    /** A device: its EUI-64 stands in the alternative name. */
    DEVICE("CertificateSubjectAltName");

    private final String element;

    Holder(String element) {
      this.element = element;
    }
  }

  /** What a certificate's key is for, as the repository writes it. */
  public enum Usage {
    /** Digital signature. */
    DS,
    /** Key agreement. */
    KA
  }

  /** The certificates in use of one holder for one usage. */
  public List<X509Certificate> find(Holder kind, Eui64 holder, Usage usage)
      throws IOException, InterruptedException {
    Optional<RepositoryDocument> answer =
        ask(
            "/services/certificatesearch",
            String.format(
                Locale.ROOT,
                "<CertificateSearchRequest><%1$s>%2$s</%1$s></CertificateSearchRequest>",
                kind.element,
                holder.dashed()));
    List<X509Certificate> found = new ArrayList<>();
    if (answer.isPresent()) {
      for (RepositoryDocument result : answer.get().all("Result")) {
        boolean wanted =
            result.text("CertificateUsage").equals(Optional.of(usage.name()))
                && result.text("CertificateStatus").equals(Optional.of(IN_USE));
        if (wanted) {
          found.add(retrieve(result.text("CertificateSerial").orElse("")));
        }
      }
    }
    return found;
  }

  private X509Certificate retrieve(String serial) throws IOException, InterruptedException {
    Optional<RepositoryDocument> answer =
        ask(
            "/services/retrievecertificate",
            String.format(
                Locale.ROOT,
                "<CertificateDataRequest><CertificateSerial>%s</CertificateSerial></CertificateDataRequest>",
                serial));
    String body =
        answer
            .flatMap(document -> document.text("CertificateBody"))
            .orElseThrow(() -> new IOException("the SMKI Repository withholds " + serial));
    try {
      byte[] der = Base64.getMimeDecoder().decode(body);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | IllegalArgumentException malformed) {
      throw new IOException("the SMKI Repository gave no certificate for " + serial, malformed);
    }
  }

  private Optional<RepositoryDocument> ask(String path, String question)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(repository.resolve(path + "?apikey=meterbox"))
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofString(question, StandardCharsets.UTF_8))
            .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] answer = body.readNBytes(ANSWER_OCTETS_MAX);
      return switch (response.statusCode()) {
        case 200 -> Optional.of(RepositoryDocument.parse(answer));
        case NOTHING_FOUND -> Optional.empty();
        default ->
            throw new IOException("the SMKI Repository answers HTTP " + response.statusCode());
      };
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
