// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.time.InstantSource;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.issuing.BatchDesk;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.people.PeopleRegister;
import org.meterbox.smki.registration.RegistrationAuthority;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.revocation.RevocationDesk;
import org.meterbox.smki.revocation.RevocationLists;

/** The parts of the key infrastructures that people reach, all on one database. */
public record Infrastructure(
    Authorities authorities,
    CertificateIssuer issuer,
    BatchDesk batches,
    CertificateRepository repository,
    RevocationDesk revocations,
    RevocationLists lists,
    RegistrationAuthority registrations,
    PeopleRegister people,
    AuditLog audit,
    InstantSource clock) {}
