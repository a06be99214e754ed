// SPDX-License-Identifier: Apache-2.0
/** What the tests of several rooms share: at present the record of what running tests showed. */
@NullMarked
package org.meterbox.testsupport;

import org.jspecify.annotations.NullMarked;
