// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.util.List;
import java.util.Optional;

/**
 * A person whom every system starts with, so that its web pages can be tried.
 *
 * @param file the name of the files with the person's key
 * @param name as in the certificate
 * @param duty in what capacity, for the person's organisation where there is one
 * @param organisation for whom an officer acts
 */
public record SamplePerson(
    String file, String name, Capacity duty, Optional<Participant> organisation) {
  /** In what capacity. */
  public enum Capacity {
    /** Requests certificates. */
    AUTHORISED_OFFICER,
    /** Registers organisations. */
    REGISTRATION_STAFF,
    /** Reads everything. */
    AUDITOR
  }

  /** Those who sign in. */
  public static final List<SamplePerson> SIGNING_IN =
      List.of(
          officer("supplier1", "Olive Marsh", Participant.SUPPLIER_1),
          officer("supplier2", "Ivo Tanner", Participant.SUPPLIER_2),
          officer("network1", "Grace Holloway", Participant.NETWORK_OPERATOR),
          officer("other1", "Nadia Brook", Participant.OTHER_USER),
          officer("load1", "Lewis Carter", Participant.LOAD_CONTROLLER),
          officer("mdr1", "Mira Dale", Participant.METER_DATA_RETRIEVER),
          new SamplePerson(
              "registration", "Rita Clerk", Capacity.REGISTRATION_STAFF, Optional.empty()),
          new SamplePerson("auditor", "Arthur Penn", Capacity.AUDITOR, Optional.empty()));

  private static SamplePerson officer(String file, String name, Participant organisation) {
    return new SamplePerson(file, name, Capacity.AUTHORISED_OFFICER, Optional.of(organisation));
  }

  /** What the person is, in a few words. */
  public String title() {
    return switch (duty) {
      case AUTHORISED_OFFICER ->
          "Authorised Responsible Officer of "
              + organisation.map(Participant::title).orElse("nobody");
      case REGISTRATION_STAFF -> "registration authority";
      case AUDITOR -> "auditor";
    };
  }
}
