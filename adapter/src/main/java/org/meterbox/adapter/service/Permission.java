// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a client of the adapter may do. */
public enum Permission {
  /** Read requests, results, events and alerts; keep webhooks. */
  READ,
  /** Send Service Requests. */
  SEND,
  /** Approve supply-sensitive requests of others. */
  APPROVE;

  /** As the file of clients writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The permission written so. */
  public static Optional<Permission> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
