// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

/**
 * The page that says that a search found nothing.
 *
 * @param wanted what was searched for; empty where nothing was given
 */
public record SearchView(String wanted) {}
