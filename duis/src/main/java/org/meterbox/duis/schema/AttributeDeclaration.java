// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.schema;

/**
 * An attribute of an element.
 *
 * @param name its name
 * @param type what its value may be
 * @param required whether it must be there
 */
public record AttributeDeclaration(String name, SimpleType type, boolean required) {}
