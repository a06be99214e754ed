// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/** What a ZCL frame carries after its header. */
public sealed interface ZclPayload {
  /** The fields of a cluster-specific command. */
  record ClusterCommand(ZclFields fields) implements ZclPayload {}

  /** Read Attributes, also Read Reporting's list of names. */
  record ReadAttributes(List<ZclAttribute> attributes) implements ZclPayload {
    /** Copies the list. */
    public ReadAttributes {
      attributes = List.copyOf(attributes);
    }
  }

  /** Read Attributes Response. */
  record AttributeReadings(List<Reading> readings) implements ZclPayload {
    /** Copies the list. */
    public AttributeReadings {
      readings = List.copyOf(readings);
    }
  }

  /**
   * What became of one attribute's reading.
   *
   * @param value present exactly if the status is success
   */
  record Reading(ZclAttribute attribute, ZclStatus status, Optional<TypedValue> value) {
    /** Refuses a success without value and a failure with one. */
    public Reading {
      if (value.isPresent() != status.equals(ZclStatus.SUCCESS)) {
        throw new IllegalArgumentException("a reading has a value exactly if it succeeded");
      }
    }
  }

  /** Write Attributes in its three forms, and Report Attributes. */
  record AttributeValues(List<AttributeValue> values) implements ZclPayload {
    /** Copies the list. */
    public AttributeValues {
      values = List.copyOf(values);
    }
  }

  /** An attribute with its value. */
  record AttributeValue(ZclAttribute attribute, TypedValue value) {}

  /**
   * Write Attributes Response.
   *
   * @param failures none where every attribute was written
   */
  record WriteResults(List<WriteFailure> failures) implements ZclPayload {
    /** Copies the list. */
    public WriteResults {
      failures = List.copyOf(failures);
    }
  }

  /** An attribute that was not written. */
  record WriteFailure(ZclStatus status, ZclAttribute attribute) {}

  /**
   * Default Response.
   *
   * @param commandId the command that is answered; FF after a failed component of the message
   */
  record DefaultResponse(int commandId, ZclStatus status) implements ZclPayload {}

  /** The octets of a command that the table does not know. */
  record Unrecognised(Octets octets) implements ZclPayload {}
}
