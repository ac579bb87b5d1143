// The "are you sure?" dialog that an element may carry.

import { h } from "../dom.js";
import { openLayer } from "../layers.js";
import { plain, textNodes } from "../render/text.js";

/** Resolves to true when the person says yes; Esc and the second button say no. */
export function confirmed(given, opener) {
  return new Promise((resolve) => {
    let layer = null;
    const answer = (yes) => {
      layer.close();
      opener?.focus?.();
      resolve(yes);
    };
    const style = given.style === "danger" ? ".danger" : ".primary";
    const yes = h(
      `button.button.large${style}`,
      { type: "button", onclick: () => answer(true) },
      plain(given.confirm) || "Yes",
    );
    const no = h(
      "button.button.large",
      { type: "button", onclick: () => answer(false) },
      plain(given.deny) || "Cancel",
    );
    const box = h(
      "div.dialog.small",
      { role: "alertdialog", "aria-modal": "true", "aria-label": plain(given.title) },
      h("div.dialog-head", {}, h("h2", {}, plain(given.title) || "Are you sure?")),
      h("div.dialog-body", {}, textNodes(given.text)),
      h("div.dialog-foot", {}, no, yes),
    );
    layer = openLayer(box, { escape: () => answer(false), opener });
    yes.focus();
  });
}
