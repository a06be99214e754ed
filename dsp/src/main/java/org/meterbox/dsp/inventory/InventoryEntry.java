// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.time.LocalDate;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;

/**
 * A device with what else the Smart Metering Inventory says of it.
 *
 * @param notifiedBy who announced it; none for devices that came with the installation
 * @param commissioned the day of its last commissioning (UTC); none where the history begins later
 * @param hanVariant the bands of a hub, for example Single Band
 * @param installedAt the meter point that the installer of a hub named
 * @param property where its meter point or that of its premises is
 */
public record InventoryEntry(
    Device device,
    Optional<Eui64> notifiedBy,
    Optional<LocalDate> commissioned,
    Optional<String> hanVariant,
    Optional<Mpxn> installedAt,
    Optional<Property> property) {}
