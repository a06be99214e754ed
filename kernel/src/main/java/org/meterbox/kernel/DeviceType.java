// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

/** The kinds of device in the home network (DUIS DeviceType). */
public enum DeviceType {
  /** Electricity Smart Metering Equipment. */
  ESME,
  /** Gas Smart Metering Equipment. */
  GSME,
  /** Communications Hub Function. */
  CHF,
  /** Gas Proxy Function, the gas meter's mirror in the hub. */
  GPF,
  /** Prepayment Interface Device. */
  PPMID,
  /** HAN Connected Auxiliary Load Control Switch. */
  HCALCS,
  /** In-Home Display: no remote messages. */
  IHD,
  /** Consumer Access Device: no remote messages. */
  CAD
}
