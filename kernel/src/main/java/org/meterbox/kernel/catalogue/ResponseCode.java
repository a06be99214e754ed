// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.catalogue;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ResponseCode of DUIS 5.4: how the DSP took a request. The constants are those with a meaning
 * that holds for every request; {@link #find} knows all of them.
 */
public final class ResponseCode {
  private static final Map<String, ResponseCode> ALL = load();
  private static final int LENGTH_WITH_SERVICE = 7;

  /** Success; the body carries the result where there is one. */
  public static final ResponseCode I0 = required("I0");

  /** Accepted for processing; a later message carries the result. */
  public static final ResponseCode I99 = required("I99");

  /** The sender is not a valid user or holds no valid role. */
  public static final ResponseCode E1 = required("E1");

  /** The role may not use this service. */
  public static final ResponseCode E2 = required("E2");

  /** The status of the user does not permit the request. */
  public static final ResponseCode E3 = required("E3");

  /** The user is not authorised in this role for this device at the time concerned. */
  public static final ResponseCode E4 = required("E4");

  /** The status of the device does not allow the service. */
  public static final ResponseCode E5 = required("E5");

  /** The service does not suit the type of the device. */
  public static final ResponseCode E11 = required("E11");

  /** The command variant is not allowed for this request. */
  public static final ResponseCode E12 = required("E12");

  /** The request was posted to the wrong web service. */
  public static final ResponseCode E13 = required("E13");

  /** The request is not available for local delivery. */
  public static final ResponseCode E17 = required("E17");

  /** The target device is not in the inventory. */
  public static final ResponseCode E19 = required("E19");

  /** The command could not be delivered. */
  public static final ResponseCode E20 = required("E20");

  /** The command was delivered and no response came back. */
  public static final ResponseCode E21 = required("E21");

  /** A future dated command was not confirmed in time. */
  public static final ResponseCode E30 = required("E30");

  /** A request held by the DSP failed. */
  public static final ResponseCode E31 = required("E31");

  /** A preceding request of the sequence failed. */
  public static final ResponseCode E40 = required("E40");

  /** The preceding request of the sequence is unknown or late. */
  public static final ResponseCode E41 = required("E41");

  private final String code;
  private final Kind kind;
  private final Basis basis;
  private final Optional<String> meaning;

  /** The class of a response code, by its first letter. */
  public enum Kind {
    /** I: it went well. */
    INFORMATION,
    /** W: carried out with a caveat. */
    WARNING,
    /** E: refused or failed. */
    ERROR
  }

  private ResponseCode(List<String> cells) {
    this.code = cells.get(0);
    this.basis = Basis.of(cells.get(1));
    this.meaning = Optional.of(cells.get(2)).filter(cell -> !cell.equals(CatalogueTable.NONE));
    this.kind =
        switch (code.charAt(0)) {
          case 'I' -> Kind.INFORMATION;
          case 'W' -> Kind.WARNING;
          case 'E' -> Kind.ERROR;
          default ->
              throw new IllegalStateException("no kind of response code starts like " + code);
        };
  }

  /** All codes, in the order of the specification. */
  public static Collection<ResponseCode> all() {
    return ALL.values();
  }

  /** The code written so, for example {@code E4}. */
  public static Optional<ResponseCode> find(String code) {
    return Optional.ofNullable(ALL.get(code));
  }

  /** The code as written in a message, for example {@code I0} or {@code E050101}. */
  public String code() {
    return code;
  }

  /** Information, warning or error. */
  public Kind kind() {
    return kind;
  }

  /** How well the meaning is known. */
  public Basis basis() {
    return basis;
  }

  /** What the code says; empty where no public source tells. */
  public Optional<String> meaning() {
    return meaning;
  }

  /** The service reference that the code belongs to, for example 5.1; empty for general codes. */
  public Optional<String> serviceReference() {
    if (code.length() != LENGTH_WITH_SERVICE) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(code, 1, 3, 10) + "." + Integer.parseInt(code, 3, 5, 10));
  }

  @Override
  public String toString() {
    return code;
  }

  private static ResponseCode required(String code) {
    return find(code).orElseThrow(() -> new IllegalStateException("the table lacks " + code));
  }

  private static Map<String, ResponseCode> load() {
    Map<String, ResponseCode> codes = new LinkedHashMap<>();
    for (List<String> row : CatalogueTable.rows("response-codes.table", 3)) {
      if (codes.put(row.get(0), new ResponseCode(row)) != null) {
        throw new IllegalStateException("the response code table names twice: " + row.get(0));
      }
    }
    return Collections.unmodifiableMap(codes);
  }
}
