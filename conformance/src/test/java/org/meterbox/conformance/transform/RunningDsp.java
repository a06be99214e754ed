// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.dsp.DataSystems;
import org.meterbox.dsp.DspConfiguration;
import org.meterbox.dsp.DspPorts;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.broker.BrokerKeys;
import org.meterbox.dsp.broker.BrokerKeys.CommandSigner;
import org.meterbox.dsp.delivery.DeliveryPlan;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.dsp.gateway.Listener;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.limits.InFlightLimits;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.requests.RequestTimes;
import org.meterbox.dsp.requests.RetryPlan;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Command;
import org.meterbox.gbcs.envelope.GbcsMessage.PreCommand;
import org.meterbox.gbcs.envelope.GroupedContent;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.dccki.TlsRevocation;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.InMemoryCertificateRepository;
import org.meterbox.smki.vault.Pkcs12Vault;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;
import org.meterbox.wan.Acceptance;
import org.meterbox.wan.Downlink;
import org.meterbox.wan.SmWan;

/**
 * A DSP as it runs, with its gateway, its store and an SM WAN that remembers what it was given, and
 * the parties of the reference messages with keys of a test SMKI. Its clock is that of the
 * reference messages and stands still.
 */
final class RunningDsp implements AutoCloseable {
  static final Eui64 BROKER = Eui64.parse("90-B3-D5-1F-30-00-00-02");
  static final Eui64 CHANGE_OF_SUPPLIER = Eui64.parse("90-B3-D5-1F-30-00-00-04");

  /** The clock of the examples says 2015, and their future dates are of 2030. */
  private static final Duration DATED_AHEAD_MAX = Duration.ofDays(16 * 366);

  static final Mpxn METER_POINT = new Mpxn("1234567890123");

  static {
    // The web server tells of every start and stop.
    Logger.getLogger("").setLevel(Level.WARNING);
  }

  /** What the DSP said to a document. */
  sealed interface Answer {
    /** It sent this command over the SM WAN. */
    record Sent(Command command) implements Answer {}

    /** It refused. */
    record Refused(String code) implements Answer {}
  }

  /** The test SMKI with the keys of every party: made once, for every DSP. */
  static final class Parties {
    private final SecureRandom random = new SecureRandom();
    private final InMemoryCertificateRepository repository = new InMemoryCertificateRepository();
    private final Authorities authorities;
    private final Instant since;
    private final Map<String, KeyPair> keys = new HashMap<>();
    private final Map<String, X509Certificate> certificates = new HashMap<>();

    Parties(Path folder, Instant since) {
      this.since = since;
      this.authorities =
          Authorities.openOrCreate(
              Pkcs12Vault.openIn(folder, "authorities", random), () -> since, random);
    }

    private KeyPair signing(Eui64 party, RemotePartyRole role) {
      return organisation(party, role, CertificateProfile.ORGANISATION_SIGNING);
    }

    private KeyPair organisation(Eui64 party, RemotePartyRole role, CertificateProfile profile) {
      String name = name(party, role, profile);
      return keys.computeIfAbsent(
          name,
          _ -> {
            KeyPair pair = P256.generate(random);
            X509Certificate certificate =
                authorities
                    .issuingOca()
                    .certify(
                        profile,
                        new CertificateSubject.Organisation(Optional.empty(), role, party),
                        P256.publicKey(pair.getPublic()),
                        since);
            certificates.put(name, certificate);
            publish(certificate);
            return pair;
          });
    }

    private KeyPair device(Eui64 device) {
      return keys.computeIfAbsent(
          device.hex(),
          _ -> {
            KeyPair pair = P256.generate(random);
            publish(
                authorities
                    .issuingDca()
                    .certify(
                        CertificateProfile.DEVICE_KEY_AGREEMENT,
                        new CertificateSubject.Device(device),
                        P256.publicKey(pair.getPublic()),
                        since));
            return pair;
          });
    }

    private X509Certificate certificate(
        Eui64 party, RemotePartyRole role, CertificateProfile profile) {
      KeyPair _ = organisation(party, role, profile);
      return Objects.requireNonNull(certificates.get(name(party, role, profile)));
    }

    private static String name(Eui64 party, RemotePartyRole role, CertificateProfile profile) {
      return party + " " + role + " " + profile;
    }

    /** Puts a certificate that reference data bring into the repository. */
    void publish(Octets der) {
      try {
        publish(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toArray())));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private void publish(X509Certificate certificate) {
      try {
        repository.add(CertificateRecord.inUse(certificate, CertificateContents.read(certificate)));
      } catch (DecodeException e) {
        throw new IllegalStateException(e);
      }
    }

    private BrokerKeys dspKeys() {
      KeyPair agreement =
          organisation(
              BROKER,
              RemotePartyRole.ACCESS_CONTROL_BROKER,
              CertificateProfile.ORGANISATION_KEY_AGREEMENT);
      return new BrokerKeys(
          BROKER,
          SoftwareAgreementKey.of(agreement),
          SoftwareSigningKey.of(signing(BROKER, RemotePartyRole.DSP_XML_SIGNING)),
          certificate(
              BROKER, RemotePartyRole.DSP_XML_SIGNING, CertificateProfile.ORGANISATION_SIGNING),
          Map.of(
              RemotePartyRole.ACCESS_CONTROL_BROKER,
              signer(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER),
              RemotePartyRole.TRANSITIONAL_COS,
              signer(CHANGE_OF_SUPPLIER, RemotePartyRole.TRANSITIONAL_COS)));
    }

    private CommandSigner signer(Eui64 party, RemotePartyRole role) {
      return new CommandSigner(party, SoftwareSigningKey.of(signing(party, role)));
    }

    /** Whether a device would believe the MAC. */
    boolean isFromBroker(Command command) {
      ECPublicKey broker =
          P256.publicKey(
              organisation(
                      BROKER,
                      RemotePartyRole.ACCESS_CONTROL_BROKER,
                      CertificateProfile.ORGANISATION_KEY_AGREEMENT)
                  .getPublic());
      SharedSecret secret =
          SoftwareAgreementKey.of(device(command.header().messageId().target())).agree(broker);
      try {
        MessageProtection.verifyMac(command.content(), command.mac(), secret);
        return true;
      } catch (VerificationException wrong) {
        return false;
      }
    }

    /** Whether a device would believe the signature of this party in this role. */
    boolean isSignedBy(GroupedContent content, Eui64 party, RemotePartyRole role) {
      try {
        MessageProtection.verifySignature(
            content, P256.publicKey(signing(party, role).getPublic()));
        return true;
      } catch (VerificationException wrong) {
        return false;
      }
    }
  }

  /** Remembers what it was given and delivers nothing. */
  private static final class RecordingWan implements SmWan {
    private final List<Downlink> sent = new CopyOnWriteArrayList<>();

    @Override
    public Acceptance send(Downlink downlink) {
      sent.add(downlink);
      return Acceptance.Accepted.VALUE;
    }
  }

  private final Parties parties;
  private final Store store = TestStore.fresh();
  private final RecordingWan wan = new RecordingWan();
  private final HttpClient client = HttpClient.newHttpClient();
  private final DuisReader reader = new DuisReader();
  private final DataSystems dsp;

  /**
   * Starts one.
   *
   * @param drawnNumber what its source of random numbers gives for 9.1
   */
  RunningDsp(Parties parties, Instant now, int drawnNumber) {
    this.parties = parties;
    SecureRandom random =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public int nextInt(int bound) {
            return drawnNumber;
          }
        };
    try {
      SSLContext tls = SSLContext.getDefault();
      BrokerKeys keys = parties.dspKeys();
      // Nobody comes by TLS here.
      TlsRevocation noneTakenBack =
          new TlsRevocation(keys.documentSigningCertificate(), Optional::empty, () -> now);
      dsp =
          DataSystems.assemble(
              new DspConfiguration(
                  Listener.local(0),
                  Optional.of(Listener.local(0)),
                  Listener.local(0),
                  false,
                  RetryPlan.STANDARD,
                  DeliveryPlan.STANDARD,
                  RequestTimes.STANDARD.withHorizon(DATED_AHEAD_MAX),
                  Gateway.CONNECTIONS,
                  InFlightLimits.STANDARD),
              new DspPorts(
                  store, parties.repository, keys, tls, noneTakenBack, tls, () -> now, random));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    dsp.open(wan);
  }

  /** Makes a user known, registered in these roles for the meter point. */
  void register(Eui64 user, Set<UserRole> roles, Instant since) {
    dsp.users()
        .put(new DccUser(user, "", UserStatus.ACTIVE, roles, Set.of(), Optional.empty(), "5.4"));
    for (UserRole role : roles) {
      dsp.registrations().put(new Registration(METER_POINT, role, user, since, Optional.empty()));
    }
  }

  /** Makes a device known, with its key agreement certificate. */
  void install(Device device) {
    KeyPair _ = parties.device(device.id());
    dsp.inventory().put(device);
  }

  DataSystems dsp() {
    return dsp;
  }

  /** Signs and posts a request; a critical one also with its signed Pre-Command. */
  Answer send(RequestDraft draft, RemotePartyRole role) {
    return draft.commandVariant() == CommandVariant.TRANSFORM
        ? sendCritical(draft, role)
        : sent(post(WebService.SEND_COMMAND, draft));
  }

  private Answer sendCritical(RequestDraft draft, RemotePartyRole role) {
    Response answer = post(WebService.TRANSFORM, draft);
    if (!(((ResponseMessage) answer.body()).data() instanceof ResponseData.PreCommand made)) {
      return new Answer.Refused(answer.code().code());
    }
    MessageId id = draft.requestId();
    Octets signed =
        MessageProtection.sign(
                (PreCommand) decoded(made.gbcsPayload()),
                SoftwareSigningKey.of(parties.signing(id.originator(), role)))
            .encode();
    return sent(
        post(
            WebService.SEND_COMMAND,
            draft(
                id,
                CommandVariant.CRITICAL_WAN,
                draft.serviceReferenceVariant(),
                XmlElement.of(
                    SignedPreCommand.ELEMENT,
                    XmlElement.leaf("GBCSPayload", XmlValues.base64(signed))))));
  }

  static RequestDraft draft(
      MessageId id, CommandVariant variant, ServiceReferenceVariant service, XmlElement body) {
    return RequestDraft.single(id, variant, service, body);
  }

  private Answer sent(Response answer) {
    if (!answer.code().code().equals("I99")) {
      return new Answer.Refused(answer.code().code());
    }
    return new Answer.Sent((Command) decoded(wan.sent.getLast().message()));
  }

  private static GbcsMessage decoded(Octets message) {
    try {
      return GbcsMessage.decode(message);
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  private Response post(WebService service, RequestDraft draft) {
    Eui64 user = draft.requestId().originator();
    XmlSigner signer =
        new XmlSigner(
            SoftwareSigningKey.of(parties.signing(user, RemotePartyRole.XML_SIGNING)),
            IssuerSerial.of(
                parties.certificate(
                    user, RemotePartyRole.XML_SIGNING, CertificateProfile.ORGANISATION_SIGNING)));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:" + dsp.gateway().plainPort().orElseThrow() + service.path()))
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofByteArray(signer.sign(draft.write()).toArray()))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      if (reader.readResponse(Octets.of(response.body()))
          instanceof Valid<ReceivedResponse>(ReceivedResponse received)) {
        return received.response();
      }
      throw new IllegalStateException(response.statusCode() + " and no DUIS response");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    dsp.close();
    store.close();
  }
}
