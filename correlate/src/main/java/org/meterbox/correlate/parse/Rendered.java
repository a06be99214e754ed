// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.parse;

import java.util.Optional;
import org.meterbox.correlate.Outcome;
import org.meterbox.correlate.Verdict;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * A finished document and what was found on the way.
 *
 * @param sensitive what came of the encrypted parts
 * @param remark why the content stands in the document as octets only, where it does
 */
record Rendered(
    Octets document,
    Verdict sensitive,
    Optional<ServiceReferenceVariant> service,
    Outcome outcome,
    Optional<String> remark) {}
