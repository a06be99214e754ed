// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

/**
 * An element of the DUIS schema.
 *
 * @param name its local name
 * @param documentation what the schema says about it; empty for nothing
 * @param content what it holds
 */
public record ElementDeclaration(String name, String documentation, Content content) {}
