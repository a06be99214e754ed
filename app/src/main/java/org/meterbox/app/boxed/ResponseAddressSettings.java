// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.boxed;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where users' responses and alerts are pushed, as it is set while a system runs. */
public interface ResponseAddressSettings {
  /** The names of all users. */
  List<String> users();

  /** The name of the user that is called so, be it by name or by EUI-64. */
  Optional<String> user(String nameOrEui);

  /** Where the responses of the user with this name go now. */
  Optional<URI> address(String user);

  /**
   * Has the responses of the user with this name pushed elsewhere from now on; those that still
   * wait go there too.
   *
   * @throws IllegalArgumentException where it is no http or https address with a host
   * @throws IOException where it cannot be stored; nothing has changed then
   */
  void set(String user, URI address) throws IOException;

  /**
   * Has the responses of the user with this name pushed to the address given at the start again.
   *
   * @throws IOException where it cannot be stored; nothing has changed then
   */
  void reset(String user) throws IOException;
}
