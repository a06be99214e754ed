// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.operations;

import java.time.InstantSource;
import org.meterbox.dsp.health.Health;
import org.meterbox.portal.home.ElectricityMeters;
import org.meterbox.portal.page.PageStore;
import org.meterbox.smki.repository.CertificateRepository;

/**
 * What the operations pages look at.
 *
 * @param store the store of the data systems
 * @param health the parts of the system
 * @param certificates the SMKI Repository
 * @param meters the electricity meters that run in this process
 * @param clock the one clock of the system
 */
public record OperationsSources(
    PageStore store,
    Health health,
    CertificateRepository certificates,
    ElectricityMeters meters,
    InstantSource clock) {}
