// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import java.util.OptionalInt;
import org.meterbox.correlate.mmc.MmcWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The state that an auxiliary controller reports as a JSON object, for example {@code
 * {"outputState": 100, "inputState": 0, "other-data": "StateA"}}. Levels are percent, as numbers or
 * as text (GBCS ECS61e, ECS200).
 */
public final class ControllerState {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_LEVEL = 100;

  private OptionalInt output = OptionalInt.empty();
  private OptionalInt input = OptionalInt.empty();

  private ControllerState() {}

  /** Writes the two levels, where the text has them, and the whole text. */
  public static void render(String text, MmcWriter out) {
    ControllerState state = new ControllerState();
    state.read(text);
    state.output.ifPresent(level -> out.leaf("OutputState", level));
    state.input.ifPresent(level -> out.leaf("InputState", level));
    out.leaf("StateAndAssociatedInformation", text);
  }

  /** Reads the levels of the outer object; text that is no JSON simply has none. */
  private void read(String text) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if ("outputState".equals(name)) {
          output = level(json, value);
        } else if ("inputState".equals(name)) {
          input = level(json, value);
        }
        json.skipChildren();
      }
    } catch (JacksonException notJson) {
      output = OptionalInt.empty();
      input = OptionalInt.empty();
    }
  }

  /** Three digits at most: a hostile device may write a number of any length. */
  private static OptionalInt level(JsonParser json, JsonToken value) {
    boolean number =
        (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING)
            && json.getString().matches("[0-9]{1,3}");
    if (!number) {
      return OptionalInt.empty();
    }
    int level = Integer.parseInt(json.getString());
    return level <= MAX_LEVEL ? OptionalInt.of(level) : OptionalInt.empty();
  }
}
