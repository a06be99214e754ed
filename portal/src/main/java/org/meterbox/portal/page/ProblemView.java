// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

/**
 * Why a page is not shown.
 *
 * @param rule what is demanded
 * @param detail what in this case is otherwise
 * @param advice what to do
 */
public record ProblemView(String rule, String detail, String advice) {}
