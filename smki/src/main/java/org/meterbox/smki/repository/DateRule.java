// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

/** Whether validity dates count. */
public enum DateRule {
  /** A certificate past its end is expired. The only rule for real use. */
  ENFORCED,
  /** Dates are ignored, so that published test certificates, long expired, can be used. */
  IGNORED
}
