// A menu of actions under a button, walked with the arrow keys.

import { h } from "./dom.js";
import { closePopover, openPopover, popoverOn } from "./popover.js";

/** entries: {text, note?, danger?, run}; null draws a line. */
export function openMenu(anchor, entries, label) {
  if (popoverOn(anchor)) return closePopover();
  const rows = entries.map((entry) => (entry ? row(entry) : h("hr", { role: "separator" })));
  const list = h("div.menu", {}, rows);
  list.addEventListener("keydown", (event) => walk(event, list));
  openPopover(anchor, list, { label, role: "menu" });
  return list.querySelector("[role=menuitem]")?.focus();
}

function row(entry) {
  const run = () => {
    closePopover();
    entry.run();
  };
  return h(
    `button.menu-row${entry.danger ? ".danger-text" : ""}`,
    { type: "button", role: "menuitem", tabindex: "-1", onclick: run },
    h("span", {}, entry.text),
    entry.note ? h("span.menu-note", {}, entry.note) : null,
  );
}

function walk(event, list) {
  const rows = [...list.querySelectorAll("[role=menuitem]")];
  const at = rows.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + rows.length, Home: 0, End: rows.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  rows[next % rows.length].focus();
}
