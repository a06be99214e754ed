// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A program of its own that opens a store, writes notes until it is killed and says after each that
 * it is stored.
 */
final class NoteWriter {
  private static final int NOTES_MAX = 1_000_000;

  private NoteWriter() {}

  public static void main(String[] arguments) throws IOException {
    Store store = Store.open(StoreConfiguration.embedded(Path.of(arguments[0]), step -> {}));
    Notes.prepare(store);
    for (int id = Notes.texts(store).size() + 1; id <= NOTES_MAX; id++) {
      Notes.write(store, id, "note " + id);
      System.out.println(id);
    }
  }
}
