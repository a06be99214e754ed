// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.util.ArrayList;
import java.util.List;

/**
 * Which elements of a payload wrote their length in more octets than DER allows. Devices do write
 * {@code 30 82 00 9F}; what is signed or MACed must encode to the octets that came, so the
 * deviations are kept beside the values.
 *
 * @param deviations in the order of the elements
 */
public record LengthForms(List<Deviation> deviations) {
  /** Every length in its shortest form: what Meterbox writes by itself. */
  public static final LengthForms SHORTEST = new LengthForms(List.of());

  /**
   * One length that is not in its shortest form.
   *
   * @param element number of the element, counted from 0 in the order in which tags appear;
   *     certificates and certification requests count as one element each
   * @param lengthOctets how many octets the length takes, its first octet included
   */
  public record Deviation(int element, int lengthOctets) {}

  /** Copies the list. */
  public LengthForms {
    deviations = List.copyOf(deviations);
  }

  /** Notes deviations while a payload is read. */
  static final class Recorder {
    private final List<Deviation> deviations = new ArrayList<>();
    private int elements;

    void element(int lengthOctets, int shortest) {
      if (lengthOctets != shortest) {
        deviations.add(new Deviation(elements, lengthOctets));
      }
      elements++;
    }

    LengthForms forms() {
      return deviations.isEmpty() ? SHORTEST : new LengthForms(deviations);
    }
  }

  /** Hands out the forms while a payload is written. */
  static final class Player {
    private final List<Deviation> deviations;
    private int next;
    private int elements;

    Player(LengthForms forms) {
      this.deviations = forms.deviations();
    }

    /** The octets to use for the length of the next element; 0 for the shortest form. */
    int element() {
      int element = elements++;
      if (next < deviations.size() && deviations.get(next).element() == element) {
        return deviations.get(next++).lengthOctets();
      }
      return 0;
    }
  }
}
