// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.time.Instant;

/** All desks of one infrastructure. */
public final class Desks {
  private final Infrastructure smki;
  private final RequestDesk requests;
  private final ReadingDesk reading;
  private final RegistrationDesk registrations;

  /** Opens them. */
  public Desks(Infrastructure smki) {
    this.smki = smki;
    requests = new RequestDesk(smki);
    reading = new ReadingDesk(smki);
    registrations = new RegistrationDesk(smki);
  }

  /** Takes requests. */
  public RequestDesk requests() {
    return requests;
  }

  /** Shows what there is. */
  public ReadingDesk reading() {
    return reading;
  }

  /** Registers organisations and officers. */
  public RegistrationDesk registrations() {
    return registrations;
  }

  /**
   * Asks the database something small.
   *
   * @throws org.meterbox.store.StoreException where it does not answer
   */
  public void checkDatabase() {
    long _ = smki.audit().last();
  }

  /** The moment by the infrastructure's clock. */
  public Instant now() {
    return smki.clock().instant();
  }
}
