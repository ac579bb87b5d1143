// The input block: label, "(optional)", the element, hint, and the place for an error under it.

import { freshId, h } from "../dom.js";
import { element } from "../elements/index.js";
import { icon } from "../icons.js";
import { plain } from "./text.js";

const GROUPS = ["checkboxes", "radio_buttons"];

export function inputBlock(block, ctx) {
  const id = freshId("field");
  const names = { label: `${id}-label`, hint: block.hint ? `${id}-hint` : null, error: `${id}-error` };
  const words = [plain(block.label), block.optional ? h("span.optional", {}, " (optional)") : null];
  const control = element(block.element, {
    block,
    ctx,
    field: { id, ...names, required: !block.optional, label: plain(block.label) },
  });
  const grouped = GROUPS.includes(block.element?.type);
  return h(
    `${grouped ? "fieldset" : "div"}.field-block`,
    { "aria-describedby": grouped ? names.error : null },
    h(grouped ? "legend.label" : "label.label", { id: names.label, for: grouped ? null : id }, words),
    control,
    h("div.field-error", { id: names.error, role: "alert", hidden: true }),
    block.hint ? h("div.hint", { id: names.hint }, plain(block.hint)) : null,
  );
}

/** Shows {block_id: sentence} under the fields, clears the rest; returns the errors that have no field to stand under. */
export function showErrors(container, errors) {
  const homeless = { ...errors };
  let first = null;
  for (const block of container.querySelectorAll(".block-input")) {
    const sentence = errors[block.dataset.block] ?? null;
    if (sentence !== null) delete homeless[block.dataset.block];
    if (sentence !== null && !first) first = block;
    mark(block, sentence);
  }
  first?.scrollIntoView({ block: "nearest" });
  first?.querySelector("input:not([type=hidden]), textarea, button, [contenteditable]")?.focus();
  return Object.values(homeless);
}

function mark(block, sentence) {
  const slot = block.querySelector(".field-error");
  slot.hidden = sentence === null;
  slot.replaceChildren(...(sentence === null ? [] : [icon("error", 16), h("span", {}, sentence)]));
  block.classList.toggle("has-error", sentence !== null);
  for (const control of block.querySelectorAll("input, textarea, .select-button, .date-button, [contenteditable]")) {
    if (sentence === null) control.removeAttribute("aria-invalid");
    else control.setAttribute("aria-invalid", "true");
  }
}
