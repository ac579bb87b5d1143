// checkboxes and radio_buttons: options whose words may carry mrkdwn, with a description under each.

import { freshId, h } from "../dom.js";
import { textNodes } from "../render/text.js";
import { choose, focusKey, started } from "./spot.js";

export function choices(given, spot) {
  const many = given.type === "checkboxes";
  const initial = many
    ? (given.initial_options ?? []).map((option) => option.value)
    : (given.initial_option?.value ?? null);
  const chosen = started(given, spot, initial);
  const group = freshId("choice");
  const isOn = (option) => (many ? (chosen ?? []).includes(option.value) : chosen === option.value);
  const rows = (given.options ?? []).map((option, at) =>
    row(option, { many, group, on: isOn(option), key: focusKey(given, spot, at) }),
  );
  const node = h(
    "div.choices",
    { role: many ? "group" : "radiogroup", "aria-labelledby": spot.field?.label ? `${spot.field.id}-label` : null },
    rows,
  );
  node.addEventListener("change", (event) => changed(event.target, { given, spot, node, many }));
  return node;
}

function row(option, { many, group, on, key }) {
  const box = h("input", { type: many ? "checkbox" : "radio", name: group, dataset: { value: option.value, key } });
  box.checked = on;
  const note = option.description ? h("span.choice-note", {}, textNodes(option.description)) : null;
  return h("label.choice", {}, box, h("span.choice-words", {}, h("span", {}, textNodes(option.text)), note));
}

async function changed(box, { given, spot, node, many }) {
  const before = spot.ctx.form.get(spot.block.block_id ?? "", given.action_id ?? "");
  const on = [...node.querySelectorAll("input:checked")].map((each) => each.dataset.value);
  const done = await choose(given, spot, { value: many ? on : on[0], control: box });
  if (done) return;
  for (const each of node.querySelectorAll("input")) {
    each.checked = many ? (before ?? []).includes(each.dataset.value) : before === each.dataset.value;
  }
}
