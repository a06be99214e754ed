// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.AccessRequest.Item;
import org.meterbox.gbcs.dlms.AccessResponse;
import org.meterbox.gbcs.dlms.AccessResponse.Kind;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.ProtectedAttributes;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Restriction;
import org.meterbox.gbcs.dlms.ProtectedAttributes.Selection;
import org.meterbox.gbcs.dlms.SelectiveAccess;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.DecodeException;

/**
 * Carries out an ACCESS.request item by item. The first item that fails ends it: what stands before
 * stays done, what stands behind is answered with {@link AccessResult#OTHER_REASON}.
 */
public final class AccessHandler<F> implements DeviceModel.Handler<F> {
  private final CosemUseCase useCase;
  private final CosemObjects<F> objects;

  /** Carries out this use case on these objects. */
  public AccessHandler(CosemUseCase useCase, CosemObjects<F> objects) {
    this.useCase = useCase;
    this.objects = objects;
  }

  @Override
  public Execution execute(Transition<F> transition, Call call) {
    AccessRequest request;
    try {
      request = AccessRequest.decode(call.payload());
    } catch (DecodeException malformed) {
      return new Execution.Malformed();
    }
    boolean prescribed =
        request.longInvokeId() == AccessRequest.longInvokeId(call.command().messageId().counter())
            && useCase.covers(request)
            && request.items().stream().allMatch(item -> protectedForSender(item, call));
    return prescribed ? new Run(transition, call).all(request) : new Execution.Malformed();
  }

  /** The protection parameters must name the party that asks, or nobody could decrypt. */
  private static boolean protectedForSender(Item item, Call call) {
    return !ProtectedAttributes.isMethod(item.target())
        || ProtectedAttributes.Request.of(item.data())
            .filter(request ->
                request
                    .parameters()
                    .equals(ProtectedAttributes.Parameters.requestedBy(call.command())))
            .isPresent();
  }

  /** One request on its way. */
  private final class Run {
    private final Transition<F> transition;
    private final Call call;
    private final List<AccessResponse.Item> results = new ArrayList<>();
    private boolean sensitive;
    private boolean broken;

    Run(Transition<F> transition, Call call) {
      this.transition = transition;
      this.call = call;
    }

    Execution all(AccessRequest request) {
      for (Item item : request.items()) {
        AccessResponse.Item result = broken ? skipped(item) : one(item);
        broken |= !result.successful();
        results.add(result);
      }
      return new Execution.Answered(
          new AccessResponse(request.longInvokeId(), results).encode(), sensitive);
    }

    private AccessResponse.Item one(Item item) {
      Instant now = call.now();
      return switch (item) {
        case Item.Get(CosemAttribute target) -> read(target, Query.all(now));
        case Item.SelectiveGet get ->
            get.selector() == SelectiveAccess.SELECTOR
                ? SelectiveAccess.of(get.parameter())
                    .map(span -> new Query(now, span.from().instant(), span.to().instant()))
                    .map(query -> read(get.target(), query))
                    .orElseGet(() -> failed(Kind.GET, AccessResult.TYPE_UNMATCHED))
                : failed(Kind.GET, AccessResult.TYPE_UNMATCHED);
        case Item.Set(CosemAttribute target, DlmsValue value) ->
            changed(Kind.SET, objects.write(transition, target, value));
        case Item.Action(CosemAttribute target, DlmsValue value) ->
            ProtectedAttributes.isMethod(target)
                ? readProtected(value)
                : changed(Kind.ACTION, objects.invoke(transition, target, value));
      };
    }

    private AccessResponse.Item read(CosemAttribute target, Query query) {
      return switch (objects.read(transition.state(), target, query)) {
        case Reading.Value(DlmsValue value) ->
            new AccessResponse.Item(Kind.GET, AccessResponse.SUCCESS, value);
        case Reading.Denied(AccessResult reason) -> failed(Kind.GET, reason);
      };
    }

    private static AccessResponse.Item changed(Kind kind, AccessResult result) {
      return new AccessResponse.Item(kind, result.code(), DlmsValue.NullData.VALUE);
    }

    private AccessResponse.Item readProtected(DlmsValue input) {
      Optional<SharedSecret> reader = call.reader();
      Optional<ProtectedAttributes.Request> request = ProtectedAttributes.Request.of(input);
      if (reader.isEmpty() || request.isEmpty()) {
        return failed(Kind.ACTION, AccessResult.READ_WRITE_DENIED);
      }
      List<DlmsValue> values = new ArrayList<>();
      for (Selection selection : request.get().selections()) {
        Optional<Query> query = query(selection.restriction());
        if (query.isEmpty()) {
          return failed(Kind.ACTION, AccessResult.TYPE_UNMATCHED);
        }
        switch (objects.read(transition.state(), selection.attribute(), query.get())) {
          case Reading.Value(DlmsValue value) -> values.add(value);
          case Reading.Denied(AccessResult reason) -> {
            return failed(Kind.ACTION, reason);
          }
        }
      }
      sensitive = true;
      return new AccessResponse.Item(
          Kind.ACTION,
          AccessResponse.SUCCESS,
          MessageProtection.protect(call.sensitiveResponse(), values, reader.get()).toValue());
    }

    private Optional<Query> query(Restriction restriction) {
      return switch (restriction) {
        case Restriction.None _ -> Optional.of(Query.all(call.now()));
        case Restriction.Between(DlmsDateTime from, DlmsDateTime to) -> {
          Optional<Instant> start = from.isNow() ? Optional.of(Instant.MIN) : from.instant();
          Optional<Instant> end = to.isNever() ? Optional.of(Instant.MAX) : to.instant();
          yield start.flatMap(s -> end.map(e -> new Query(call.now(), s, e)));
        }
      };
    }

    private AccessResponse.Item skipped(Item item) {
      Kind kind =
          switch (item) {
            case Item.Get _, Item.SelectiveGet _ -> Kind.GET;
            case Item.Set _ -> Kind.SET;
            case Item.Action _ -> Kind.ACTION;
          };
      return failed(kind, AccessResult.OTHER_REASON);
    }

    private AccessResponse.Item failed(Kind kind, AccessResult reason) {
      return new AccessResponse.Item(kind, reason.code(), DlmsValue.NullData.VALUE);
    }
  }
}
