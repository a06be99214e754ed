// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

/**
 * An entry of a site's navigation.
 *
 * @param path its address
 * @param title what people read
 */
public record Place(String path, String title) {}
