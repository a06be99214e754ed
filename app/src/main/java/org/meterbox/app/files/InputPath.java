// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.files;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an option or a parameter that names a file or folder to read. Before any command begins,
 * all that it is to read is looked for, so that what is missing is reported by every command in the
 * same way. {@code -} is the standard input and always there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface InputPath {
  /** What to do where keys are missing. */
  String KEYS_HINT = "./meterbox keys export FOLDER writes the keys of a system that ran here";

  /** What it is for, as the end of "cannot read FILE, ...". */
  String purpose();

  /** What to do where it is missing. */
  String hint() default "check the path";

  /** Whether it must be a folder. */
  boolean folder() default false;
}
