// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The account that the database server runs under: our own, or where we are root, which PostgreSQL
 * refuses, an unprivileged one.
 *
 * @param name as in {@code /etc/passwd}
 * @param isOther whether it is another account than our own
 */
record OperatingAccount(String name, long uid, long gid, boolean isOther) {
  /**
   * In place of root: an account made for this purpose, otherwise the one that every system has.
   */
  private static final List<String> IN_PLACE_OF_ROOT = List.of("meterbox", "nobody");

  private static final Path ACCOUNTS = Path.of("/etc/passwd");
  private static final int ACCOUNTS_MAX = 100_000;

  static OperatingAccount find() throws IOException {
    UnixSystem own = new UnixSystem();
    if (own.getUid() != 0) {
      return new OperatingAccount(own.getUsername(), own.getUid(), own.getGid(), false);
    }
    try (Stream<String> lines = Files.lines(ACCOUNTS)) {
      List<String[]> known = lines.limit(ACCOUNTS_MAX).map(line -> line.split(":", -1)).toList();
      for (String name : IN_PLACE_OF_ROOT) {
        for (String[] account : known) {
          if (account.length >= 4 && account[0].equals(name)) {
            return new OperatingAccount(
                name, Long.parseLong(account[2]), Long.parseLong(account[3]), true);
          }
        }
      }
    }
    throw new StoreException(
        String.format(
            Locale.ROOT,
            "PostgreSQL does not run as root and there is no account %s in %s: run as an ordinary user",
            String.join(" or ", IN_PLACE_OF_ROOT),
            ACCOUNTS));
  }

  /** The command, run under this account. */
  List<String> runs(List<String> command) {
    if (!isOther) {
      return command;
    }
    List<String> change =
        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
    return Stream.concat(change.stream(), command.stream()).toList();
  }

  /** Makes the file or directory this account's. */
  void own(Path path) throws IOException {
    if (isOther) {
      Files.setAttribute(path, "unix:uid", Math.toIntExact(uid));
      Files.setAttribute(path, "unix:gid", Math.toIntExact(gid));
    }
  }
}
