// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.util.Optional;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.people.Person;

/** How an interface says no: a machine wants another form than a person. */
@FunctionalInterface
public interface Face {
  /** The answer that says so. */
  Reply refusal(Optional<Person> person, Refusal refusal);
}
