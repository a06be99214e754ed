// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.state;

/** What an electricity meter may have beyond its measuring elements (SMETS device variants). */
public enum EsmeOption {
  /** Auxiliary load control switches (variant D). */
  AUXILIARY_LOAD_SWITCHES,
  /** A boost button (variant E). */
  BOOST_BUTTON,
  /** Auxiliary proportional controllers (variants F and G). */
  PROPORTIONAL_CONTROLLERS
}
