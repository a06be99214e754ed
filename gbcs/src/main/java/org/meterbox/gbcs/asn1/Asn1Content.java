// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.Octets;

/** What a payload in ASN.1 says: one record per type of the use cases. */
public sealed interface Asn1Content
    permits Asn1Content.Unrecognised,
        CredentialContent,
        DeviceCertificateContent,
        DeviceLogContent,
        FirmwareContent,
        ClockContent {
  /** The octets of a payload whose message code names no type in ASN.1. */
  record Unrecognised(Octets octets) implements Asn1Content {}
}
