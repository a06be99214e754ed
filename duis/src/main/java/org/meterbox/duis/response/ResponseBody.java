// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.response;

import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.DccAlertCode;

/** The four kinds of body of a DUIS Response. */
public sealed interface ResponseBody {

  /**
   * An answer to a request.
   *
   * @param serviceReference the service reference, for example 4.1
   * @param serviceReferenceVariant the variant, for example 4.1.1
   * @param data the result
   */
  record ResponseMessage(
      String serviceReference, ServiceReferenceVariant serviceReferenceVariant, ResponseData data)
      implements ResponseBody {
    /** An answer under the variant's own service reference. */
    public static ResponseMessage of(ServiceReferenceVariant variant, ResponseData data) {
      return new ResponseMessage(variant.serviceReference(), variant, data);
    }
  }

  /**
   * An alert of a device.
   *
   * @param alertCode the GBCS alert code, 0 to FFFF hex
   * @param throttling whether it stands for more than itself
   * @param gbcsPayload the GBCS alert as the device sent it
   */
  record DeviceAlert(int alertCode, Throttling throttling, Octets gbcsPayload)
      implements ResponseBody {}

  /**
   * An alert of the DSP.
   *
   * @param code the DCC Alert code
   * @param throttling whether it stands for more than itself
   * @param alert the one element within DCCAlert, for example CommandFailure
   */
  record DccAlert(DccAlertCode code, Throttling throttling, XmlElement alert)
      implements ResponseBody {}

  /**
   * A message of a SMETS1 service provider.
   *
   * @param element SMETS1ResponseMessage as it stands; what it signs is verified elsewhere
   */
  record Smets1Response(XmlElement element) implements ResponseBody {}
}
