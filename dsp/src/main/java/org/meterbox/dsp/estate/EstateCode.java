// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * The response codes of the services of device estate management, each for one cause. The schema
 * has the codes (DUIS 5.4, ResponseCode); what each of them means is not public, except E120201.
 * The causes here have been given them one by one, and this is the only place that says which.
 */
public enum EstateCode {
  /** 8.2: no premises fit, or none that the sender may see. */
  NOTHING_FOUND("E080201"),
  /** 8.2: more than one premises fit. */
  SEVERAL_PREMISES("E080202"),
  /** 8.3: parts of a hub are taken out of service by 8.14.3 and 8.14.4. */
  DECOMMISSION_HUB("E080301"),
  /** 8.3: the device is out of service already. */
  DECOMMISSION_ENDED("E080302"),
  /** 8.4: the status is one for devices other than hubs. */
  STATUS_FOR_OTHERS("E080405"),
  /** 8.4: the status is one for hubs. */
  STATUS_FOR_HUBS("E080406"),
  /** 8.4: the device cannot come to the status from the one it has. */
  STATUS_UNREACHABLE("E080407"),
  /** 8.4: no detail is given. */
  NO_DETAIL("E080408"),
  /** 8.4: the ESME variant belongs to electricity meters, and to all of them. */
  VARIANT_OF_ANOTHER_TYPE("E080409"),
  /** 8.4: the device is in service, and says itself what it is. */
  DETAILS_FIXED("E080410"),
  /** 8.4: only a device that is Pending is deleted. */
  DELETE_INSTALLED("E080411"),
  /** 8.4: the device does not serve a meter point of this kind. */
  METER_POINT_OF_ANOTHER_KIND("E080412"),
  /** 8.4: the sender is not registered for the new meter point. */
  METER_POINT_NOT_REGISTERED("E080413"),
  /** 8.4: another device serves the meter point. */
  METER_POINT_TAKEN("E080414"),
  /** 8.4: another user has announced the device. */
  DELETE_OF_ANOTHER("E080415"),
  /** 8.6: the device is not Withdrawn. */
  OPT_IN_NOT_WITHDRAWN("E080601"),
  /** 8.6: the device is of another type. */
  OPT_IN_TYPE("E080602"),
  /** 8.6: the sender is not registered for the meter points on the day. */
  OPT_IN_NOT_REGISTERED("E080604"),
  /** 8.6: the day has passed. */
  OPT_IN_PAST("E080606"),
  /** 8.6: another device serves a meter point. */
  OPT_IN_METER_POINT_TAKEN("E080607"),
  /** 8.13: the payload is not a device's response. */
  LOCAL_NOT_A_RESPONSE("E081301"),
  /** 8.13: no command that was given to the sender is answered by it. */
  LOCAL_NO_COMMAND("E081302"),
  /** 8.13: the response is not authentic. */
  LOCAL_NOT_AUTHENTIC("E081303"),
  /** 8.14: the device is not a communications hub function. */
  NOT_A_HUB("E081401"),
  /** 8.14: the hub's status does not allow the update. */
  HUB_STATUS("E081402"),
  /** 8.14.1, 8.14.2: the sender is not registered for the meter point. */
  HUB_METER_POINT_NOT_REGISTERED("E081405"),
  /** 8.14: the parts of the request contradict each other or the inventory. */
  HUB_CONTRADICTION("E081406"),
  /** 8.14.1, 8.14.2: done; the hub was installed already. */
  HUB_INSTALLED_ALREADY("W081401"),
  /** 12.1: no communications service provider serves the post code. */
  POST_CODE_UNKNOWN("E120101"),
  /** 12.1: no meter point has the Unique Property Reference Number. */
  UPRN_UNKNOWN("E120102"),
  /** 12.1: the post code is not written like one. */
  POST_CODE_MALFORMED("E120103"),
  /** 12.2: the identifier is in use; also for a hub and its gas proxy with the same identifier. */
  DEVICE_KNOWN("E120201"),
  /** 12.2: details are missing that the type of device needs, or belong to another type. */
  DETAILS_OF_ANOTHER_TYPE("E120203"),
  /** 12.2: a gas proxy function is announced with its hub only. */
  PROXY_WITHOUT_HUB("E120204");

  private final String code;

  EstateCode(String code) {
    this.code = code;
  }

  /** The code in the answer. */
  public ResponseCode code() {
    return ResponseCode.find(code).orElseThrow();
  }
}
