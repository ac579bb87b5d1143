// Two small questions of the page itself: a name to type, and "are you sure?".

import { freshId, h } from "./dom.js";
import { confirmed } from "./elements/confirm.js";
import { openLayer } from "./layers.js";

const text = (words) => ({ type: "plain_text", text: words, emoji: false });

export const sure = ({ title, text: words, yes }) =>
  confirmed(
    { title: text(title), text: text(words), confirm: text(yes), deny: text("Cancel"), style: "danger" },
    document.activeElement,
  );

/** Resolves to what was typed, or null. */
export function ask({ title, label, value = "", yes = "Save" }) {
  return new Promise((resolve) => {
    const id = freshId("ask");
    const input = h("input.input", { id, type: "text", value, autocomplete: "off" });
    let layer = null;
    const done = (answer) => {
      layer.close();
      resolve(answer);
    };
    const box = h(
      "form.dialog.small",
      {
        role: "dialog",
        "aria-modal": "true",
        "aria-label": title,
        onsubmit: (event) => {
          event.preventDefault();
          done(input.value.trim() || null);
        },
      },
      h("div.dialog-head", {}, h("h2", {}, title)),
      h("div.dialog-body", {}, h("label.label", { for: id }, label), input),
      h(
        "div.dialog-foot",
        {},
        h("button.button.large", { type: "button", onclick: () => done(null) }, "Cancel"),
        h("button.button.large.primary", { type: "submit" }, yes),
      ),
    );
    layer = openLayer(box, { escape: () => done(null) });
    input.select();
  });
}
