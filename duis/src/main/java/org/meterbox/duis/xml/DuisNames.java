// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.xml;

/** The namespaces of DUIS documents and the prefixes that they are written with. */
public final class DuisNames {
  /** Requests, responses and alerts. */
  public static final String DUIS = "http://www.dccinterface.co.uk/ServiceUserGateway";

  /** Device responses and alerts in readable form (MMC). */
  public static final String MMC = "http://www.dccinterface.co.uk/ResponseAndAlert";

  /** XML signatures. */
  public static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

  /** Prefix of {@link #DUIS}. */
  public static final String DUIS_PREFIX = "sr";

  /** Prefix of {@link #SIGNATURE}. */
  public static final String SIGNATURE_PREFIX = "ds";

  /** The schema version that this room reads and writes. */
  public static final String SCHEMA_VERSION = "5.4";

  private DuisNames() {}
}
