// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The credentials of remote parties that a device holds: reading (use cases CS02a, CS02f) and
 * replacing them (CS02b, CS02g).
 */
public sealed interface CredentialContent extends Asn1Content {
  /**
   * Read the credentials held for these roles (CS02a, CS02f command).
   *
   * @param authorisingCell the cell of the party that asks
   * @param roleCodes see {@link RemotePartyRole#code()}
   */
  record ProvideCredentials(TrustAnchorCell authorisingCell, List<Integer> roleCodes)
      implements CredentialContent {
    /** Copies the list. */
    public ProvideCredentials {
      roleCodes = List.copyOf(roleCodes);
    }

    static ProvideCredentials read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("provide-credentials");
      ProvideCredentials read =
          new ProvideCredentials(
              TrustAnchorCell.read(body),
              body.sequenceOf("roles", role -> role.integer(TrustAnchorCell.MAX_ROLE, "role")));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> {
        TrustAnchorCell.write(body, authorisingCell);
        body.sequenceOf(roleCodes, (list, role) -> list.integer(role));
      });
    }
  }

  /** The credentials held (CS02a, CS02f response), one element per role that was asked for. */
  record HeldCredentials(List<RoleCredentials> roles) implements CredentialContent {
    /** Copies the list. */
    public HeldCredentials {
      roles = List.copyOf(roles);
    }
  }

  /**
   * What a device holds for a role.
   *
   * @param currentSequenceNumber the party's highest counter, where the role is held
   * @param cells none where the role is not held
   */
  record RoleCredentials(
      int roleCode,
      CellStatus status,
      Optional<OriginatorCounter> currentSequenceNumber,
      Optional<List<HeldCell>> cells) {
    /** Copies the list. */
    public RoleCredentials {
      cells = cells.map(List::copyOf);
    }

    static RoleCredentials read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("role-credentials");
      RoleCredentials read =
          new RoleCredentials(
              body.integer(TrustAnchorCell.MAX_ROLE, "role"),
              CellStatus.read(body),
              body.optional(
                  DerTag.INTEGER,
                  number -> number.counter(DerTag.INTEGER, "current-sequence-number")),
              body.optional(DerTag.SEQUENCE, list -> list.sequenceOf("cells", HeldCell::read)));
      body.end();
      return read;
    }

    static void write(DerWriter writer, RoleCredentials role) {
      writer.sequence(body -> {
        body.integer(role.roleCode);
        CellStatus.write(body, role.status);
        role.currentSequenceNumber.ifPresent(number -> body.counter(DerTag.INTEGER, number));
        role.cells.ifPresent(cells -> body.sequenceOf(cells, HeldCell::write));
      });
    }
  }

  /** One key that a device holds for a role. */
  record HeldCell(
      KeyUsage keyUsage,
      Optional<TrustAnchorCell.CellUsage> writtenUsage,
      Eui64 subjectUniqueId,
      Octets subjectKeyId) {
    static HeldCell read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("cell");
      HeldCell read =
          new HeldCell(
              KeyUsage.read(body),
              body.optional(DerTag.INTEGER, TrustAnchorCell.CellUsage::read),
              body.eui("subject-unique-id"),
              body.octetString(CellResult.KEY_ID_OCTETS, "subject-key-id"));
      body.end();
      return read;
    }

    static void write(DerWriter writer, HeldCell cell) {
      writer.sequence(body -> {
        KeyUsage.write(body, cell.keyUsage);
        cell.writtenUsage.ifPresent(usage -> TrustAnchorCell.CellUsage.write(body, usage));
        body.eui(cell.subjectUniqueId).octetString(cell.subjectKeyId);
      });
    }
  }

  /**
   * Replace credentials (CS02b, CS02g command).
   *
   * @param certificationPath certificates of issuing authorities
   * @param executionDateTime now where absent; {@link GeneralizedTime#NEVER} cancels
   */
  record UpdateCredentials(
      CredentialControl control,
      List<Replacement> replacements,
      List<Certificate> certificationPath,
      Optional<GeneralizedTime> executionDateTime)
      implements CredentialContent {
    /** Copies the lists. */
    public UpdateCredentials {
      replacements = List.copyOf(replacements);
      certificationPath = List.copyOf(certificationPath);
    }

    static UpdateCredentials read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("update-credentials");
      UpdateCredentials read =
          new UpdateCredentials(
              CredentialControl.read(body),
              body.sequenceOf("replacements", Replacement::read),
              body.sequenceOf("certification-path", Certificate::read),
              body.optional(DerTag.GENERALIZED_TIME, time -> time.time("execution-date-time")));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> {
        control.write(body);
        body.sequenceOf(replacements, Replacement::write)
            .sequenceOf(certificationPath, Certificate::write);
        executionDateTime.ifPresent(body::time);
      });
    }
  }

  /** A certificate and the cell that it goes to. */
  record Replacement(Certificate certificate, TrustAnchorCell target) {
    static Replacement read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("replacement");
      Replacement read = new Replacement(Certificate.read(body), TrustAnchorCell.read(body));
      body.end();
      return read;
    }

    static void write(DerWriter writer, Replacement replacement) {
      writer.sequence(body -> {
        Certificate.write(body, replacement.certificate);
        TrustAnchorCell.write(body, replacement.target);
      });
    }
  }

  /**
   * The outcome of the replacement (CS02b, CS02g response).
   *
   * @param outcome absent where the command waits for its time or was cancelled
   */
  record UpdateCredentialsResult(Optional<UpdateOutcome> outcome) implements CredentialContent {
    static UpdateCredentialsResult read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("update-credentials-result");
      body.nullValue();
      UpdateCredentialsResult read =
          new UpdateCredentialsResult(body.optional(DerTag.SEQUENCE, UpdateOutcome::read));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> {
        body.nullValue();
        outcome.ifPresent(one -> one.write(body));
      });
    }
  }

  /** The outcome of a replacement that had waited (alerts 00CB and 0124). */
  record UpdateCredentialsAlert(int alertCode, GeneralizedTime time, UpdateOutcome outcome)
      implements CredentialContent {
    static UpdateCredentialsAlert read(DerReader reader) throws DecodeException {
      DerReader body = reader.sequence("update-credentials-alert");
      UpdateCredentialsAlert read =
          new UpdateCredentialsAlert(
              body.integer(0xFFFF, "alert-code"), body.time("time"), UpdateOutcome.read(body));
      body.end();
      return read;
    }

    void write(DerWriter writer) {
      writer.sequence(body -> {
        body.integer(alertCode).time(time);
        outcome.write(body);
      });
    }
  }
}
