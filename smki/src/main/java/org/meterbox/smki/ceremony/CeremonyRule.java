// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

/** The rules that a key ceremony must keep; a refusal names the one that was broken. */
public enum CeremonyRule {
  /** The keys were sealed and shares were given out. */
  PREPARED("the keys are sealed and their custodians have shares"),
  /** They are sealed once; another sealing would make the shares of the first one worthless. */
  PREPARED_ONCE("the keys are not sealed yet"),
  /** Enough custodians came. */
  QUORUM("enough custodians are present"),
  /** Whoever presents a share is a custodian. */
  CUSTODIAN("whoever presents a share is a custodian"),
  /** The share belongs to the set of shares in force. */
  SET("the share belongs to the set in force"),
  /** The share is the one that the custodian was given. */
  SHARE("the share is the one that the custodian was given"),
  /** The custodian knows the passphrase. */
  PASSPHRASE("the passphrase opens the share"),
  /** The contingency key is the one that devices carry in their root certificate. */
  CONTINGENCY_KEY("the contingency key is the one hidden in the root certificate"),
  /** The certificates to be placed fit their cells and lead to their root. */
  REPLACEMENT("each new certificate fits its cell and leads to the root");

  private final String demand;

  CeremonyRule(String demand) {
    this.demand = demand;
  }

  /** What the rule demands, for people. */
  public String demand() {
    return demand;
  }

  /** A refusal under this rule. */
  public Broken broken(String detail) {
    return new Broken(this, detail);
  }

  /** Which rule was broken, and by what. */
  public record Broken(CeremonyRule rule, String detail) {}
}
