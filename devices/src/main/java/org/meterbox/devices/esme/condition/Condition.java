// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.condition;

import java.util.OptionalInt;

/**
 * What may be the matter with a meter, and the event codes by which it tells (GBCS alert codes).
 */
public enum Condition {
  /** The meter cover is open. */
  METER_COVER_OPEN(Kind.TAMPERING, 0x8F74, 0x81B9),
  /** The terminal cover is open. */
  TERMINAL_COVER_OPEN(Kind.TAMPERING, 0x8F76, 0x81C1),
  /** The second terminal cover is open. */
  SECOND_TERMINAL_COVER_OPEN(Kind.TAMPERING, 0x8F77, 0x81C1),
  /** The battery cover is open. */
  BATTERY_COVER_OPEN(Kind.TAMPERING, 0x8F73, 0x81A1),
  /** A strong magnet is held to the meter. */
  MAGNETIC_FIELD(Kind.TAMPERING, 0x8F75, 0x81BC),
  /** A tamper sensor of no kind named here has triggered. */
  TAMPER_DETECTED(Kind.TAMPERING, 0x8F3F, 0),
  /** Somebody has got at the meter in another way. */
  OTHER_ACCESS(Kind.TAMPERING, 0x8F78, 0),
  /** The phases turn the wrong way round. */
  PHASE_SEQUENCE_WRONG(Kind.WIRING, 0x81B7, 0),
  /** Live and neutral are exchanged. */
  POLARITY_WRONG(Kind.WIRING, 0x81B8, 0),
  /** Current runs backwards through an element. */
  CURRENT_REVERSED(Kind.WIRING, 0x81BB, 0),
  /** The communications hub is taken off the meter. */
  HUB_REMOVED(Kind.WIRING, 0x81A3, 0x81A2),
  /** The meter does not measure as it should. */
  MEASUREMENT_FAULT(0x81AC, 8),
  /** The metrology firmware does not verify. */
  METROLOGY_FIRMWARE_FAULT(0x81AD, 7),
  /** The non-volatile memory is faulty. */
  NON_VOLATILE_MEMORY_FAULT(0x81AE, 1),
  /** The program does not run as it should. */
  PROGRAM_EXECUTION_FAULT(0x81AF, 2),
  /** The program's store is faulty. */
  PROGRAM_STORAGE_FAULT(0x81B0, 3),
  /** The volatile memory is faulty. */
  RAM_FAULT(0x81B1, 4),
  /** The hardware was reset without a reason. */
  UNEXPECTED_RESET(0x81B2, 5),
  /** The watchdog has reset the meter. */
  WATCHDOG_RESET(0x81B3, 6),
  /** The load switch does not move; told when it should (81BD, 81C0). */
  LOAD_SWITCH_STUCK(Kind.LATENT, 0, 0),
  /** That the load switch does not move has been told. */
  LOAD_SWITCH_FAILURE_TOLD(Kind.LATENT, 0, 0),
  /** The auxiliary load switches do not move; told when they should (811A). */
  CONTROLLERS_STUCK(Kind.LATENT, 0, 0),
  /** That an auxiliary load switch does not move has been told. */
  CONTROLLER_FAILURE_TOLD(Kind.LATENT, 0, 0),
  /** The firmware is damaged; told when the meter is next switched on (8F1B). */
  FIRMWARE_DAMAGED(Kind.LATENT, 0, 0);

  /** What a condition is, which decides what the meter does about it. */
  public enum Kind {
    /** Locks the supply where the supply tamper state says so. */
    TAMPERING,
    /** Is told and nothing more. */
    WIRING,
    /** Is told twice: by its own code, and as an integrity warning with a number (81A0). */
    FAULT,
    /** Is not noticed before it has an effect. */
    LATENT
  }

  private static final int NO_CODE = 0;

  private final Kind kind;
  private final int beginCode;
  private final int endCode;
  private final int integrityIssue;

  Condition(Kind kind, int beginCode, int endCode) {
    this.kind = kind;
    this.beginCode = beginCode;
    this.endCode = endCode;
    this.integrityIssue = 0;
  }

  Condition(int beginCode, int integrityIssue) {
    this.kind = Kind.FAULT;
    this.beginCode = beginCode;
    this.endCode = NO_CODE;
    this.integrityIssue = integrityIssue;
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** The code that tells of its beginning; empty where nothing does. */
  public OptionalInt beginCode() {
    return code(beginCode);
  }

  /** The code that tells of its end; empty where nothing does. */
  public OptionalInt endCode() {
    return code(endCode);
  }

  /** The number of a fault in an integrity warning (alert 81A0, use case MIIWA). */
  public int integrityIssue() {
    return integrityIssue;
  }

  private static OptionalInt code(int code) {
    return code == NO_CODE ? OptionalInt.empty() : OptionalInt.of(code);
  }
}
