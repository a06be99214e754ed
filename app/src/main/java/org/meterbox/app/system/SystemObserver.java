// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import org.meterbox.devices.machine.DeviceObserver;
import org.meterbox.wan.SmWan;
import org.meterbox.wan.Uplink;

/** Watches what passes between the DSP and the home, for demonstrations. */
public interface SystemObserver {
  /** Nobody watches. */
  SystemObserver NONE =
      new SystemObserver() {
        @Override
        public SmWan watching(SmWan wan) {
          return wan;
        }

        @Override
        public Uplink watching(Uplink uplink) {
          return uplink;
        }

        @Override
        public DeviceObserver devices() {
          return DeviceObserver.NONE;
        }
      };

  /** Stands before the way down. */
  SmWan watching(SmWan wan);

  /** Stands before the way up. */
  Uplink watching(Uplink uplink);

  /** Told what devices do. */
  DeviceObserver devices();
}
