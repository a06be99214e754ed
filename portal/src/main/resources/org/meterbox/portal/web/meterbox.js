// SPDX-License-Identifier: Apache-2.0
"use strict";

/* Every page works without this; it only adds comfort. */

/* A button after each value that people need elsewhere. */
for (const element of document.querySelectorAll("[data-copy]")) {
  const name = element.dataset.name;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${name} ${element.dataset.copy}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(element.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  const place = document.createElement("span");
  place.className = "copyable";
  element.replaceWith(place);
  place.append(element, button);
}

/* Beside each moment in UTC how far it is from now, by the browser's clock. */
const UNITS = [["year", 31557600], ["month", 2629800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
for (const time of document.querySelectorAll("time[datetime]")) {
  const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
  if (Number.isNaN(seconds)) {
    continue;
  }
  const [unit, length] = UNITS.find(([, long]) => Math.abs(seconds) >= long) ?? ["second", 1];
  const ago = document.createElement("span");
  ago.className = "ago";
  ago.textContent = words.format(Math.trunc(seconds / length), unit);
  time.append(" ", ago);
}
