// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.anomaly;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meterbox.adapter.identity.SigningIdentity;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.app.system.Addresses;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Enrolment;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.PublishedIdentities;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.smki.vault.KeyVault;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A running system's anomaly detection, seen by one organisation: a user over mutual TLS, the DCC
 * over the listener for operators.
 */
final class AnomalyConnection implements AutoCloseable {
  private static final String DCC = "dcc";
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final URI address;
  private final HttpClient http;
  private final Optional<SigningIdentity> first;
  private final Optional<SigningIdentity> second;

  private AnomalyConnection(
      URI address,
      HttpClient http,
      Optional<SigningIdentity> first,
      Optional<SigningIdentity> second) {
    this.address = address;
    this.http = http;
    this.first = first;
    this.second = second;
  }

  /** What the DSP answers. */
  record HttpAnswer(int status, String text) {}

  /**
   * Finds the system by what it wrote into its data directory.
   *
   * @param who a participant's name, or dcc
   * @throws IOException where none runs there
   * @throws ParameterException where there is nobody of that name
   */
  static AnomalyConnection open(CommandLine command, DataDirectory data, String who)
      throws IOException {
    Optional<Participant> participant = Participant.named(who);
    if (participant.isEmpty() && !who.equals(DCC)) {
      throw new ParameterException(
          command,
          String.format(
              Locale.ROOT,
              "--as: there is no %s; there are %s and %s",
              who,
              Participant.ALL.stream().map(Participant::name).collect(Collectors.joining(", ")),
              DCC));
    }
    Addresses addresses =
        Addresses.read(data.addresses())
            .orElseThrow(() ->
                new IOException(
                    String.format(
                        Locale.ROOT,
                        "no system runs with its data in %s: start one with ./meterbox up",
                        data.root())));
    return participant.isPresent()
        ? user(data, addresses, participant.get())
        : dcc(data, addresses);
  }

  private static AnomalyConnection user(
      DataDirectory data, Addresses addresses, Participant participant) throws IOException {
    KeyVault vault = Enrolment.openUserVault(data, participant, new SecureRandom());
    UserIdentity identity =
        PublishedIdentities.of(data)
            .map(identities -> identities.user(participant))
            .or(() -> Enrolment.identity(vault, participant))
            .orElseThrow(() -> new IOException(participant.name() + " is not enrolled there"));
    HttpClient http =
        HttpClient.newBuilder().sslContext(Enrolment.clientTls(vault, participant)).build();
    return new AnomalyConnection(
        addresses.gateway(),
        http,
        Optional.of(identity.xmlSigning()),
        Optional.of(identity.digitalSignature()));
  }

  private static AnomalyConnection dcc(DataDirectory data, Addresses addresses) {
    Optional<SigningIdentity> published =
        PublishedIdentities.of(data)
            .map(PublishedIdentities::broker)
            .map(keys ->
                new SigningIdentity(keys.documentSigning(), keys.documentSigningCertificate()));
    Enrolment.DspSigners own = Enrolment.dspSigners(data, new SecureRandom());
    return new AnomalyConnection(
        addresses.operators(),
        HttpClient.newHttpClient(),
        published.or(own::documents),
        published.isPresent() ? Optional.empty() : own.commands());
  }

  /** Signs and posts a file. */
  HttpAnswer post(CanonicalXml document, boolean asSecond)
      throws IOException, InterruptedException {
    SigningIdentity signer =
        (asSecond ? second : first)
            .orElseThrow(() -> new IOException("there is no such key in the system's data"));
    byte[] signed =
        new XmlSigner(signer.key(), IssuerSerial.of(signer.certificate())).sign(document).toArray();
    return send(
        HttpRequest.newBuilder(address.resolve("/anomaly/files"))
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofByteArray(signed)));
  }

  /** Asks for a page. */
  HttpAnswer get(String page) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve("/anomaly/" + page)));
  }

  private HttpAnswer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.timeout(ANSWER_MAX).build(), BodyHandlers.ofString());
    return new HttpAnswer(answer.statusCode(), answer.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
