// A list to pick from while the focus stays in a text field: choices, completions, the quick switcher.

import { freshId, h } from "./dom.js";

/** The entries that fit what is typed: names that begin so, then words that do, then any that hold it. */
export function matching(entries, typed) {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return entries;
  const rank = (entry) => {
    const text = entry.text.toLowerCase();
    if (text.startsWith(wanted)) return 0;
    if (text.split(/[\s-]+/).some((word) => word.startsWith(wanted))) return 1;
    if (text.includes(wanted)) return 2;
    return (entry.note ?? "").toLowerCase().includes(wanted) ? 3 : 4;
  };
  return [0, 1, 2, 3].flatMap((wish) => entries.filter((entry) => rank(entry) === wish));
}

/**
 * entries: {key, text, note?, lead?, group?, on?}; `pick(entry)` runs on Enter and click.
 * Returns {node, show(entries, empty, fresh), keydown(event) → was it ours, active()}.
 */
export function listbox({ pick, label, many = false }) {
  const id = freshId("list");
  const node = h("div.listbox", {
    role: "listbox",
    id,
    "aria-label": label,
    "aria-multiselectable": many ? "true" : null,
  });
  const box = { node, id, entries: [], rows: [], at: -1, input: null };
  node.addEventListener("pointerdown", (event) => event.preventDefault());
  node.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) pick(box.entries[Number(row.dataset.at)]);
  });
  return {
    node,
    show: (entries, empty, fresh) => show(box, entries, { empty, fresh }),
    keydown: (event) => keydown(box, event, pick),
    active: () => box.entries[box.at],
    tie: (input) => tie(box, input),
  };
}

function tie(box, input) {
  box.input = input;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", box.id);
  input.setAttribute("aria-expanded", "true");
  input.setAttribute("aria-autocomplete", "list");
  point(box);
}

// `fresh` entries answer a new question, so the first of them is the one to take.
function show(box, entries, { empty = "Nothing found", fresh = false }) {
  const before = fresh ? entries[0]?.key : box.entries[box.at]?.key;
  box.entries = entries;
  box.rows = entries.map((entry, at) => row(box, entry, at));
  const nodes = [];
  entries.forEach((entry, at) => {
    if (entry.group && entry.group !== entries[at - 1]?.group)
      nodes.push(h("div.list-group", { role: "presentation" }, entry.group));
    nodes.push(box.rows[at]);
  });
  box.node.replaceChildren(...(nodes.length ? nodes : [h("div.list-empty", {}, empty)]));
  const same = entries.findIndex((entry) => entry.key === before);
  const on = entries.findIndex((entry) => entry.on);
  move(box, same >= 0 ? same : Math.max(on, 0));
}

function row(box, entry, at) {
  return h(
    "div.list-row",
    {
      role: "option",
      id: `${box.id}-${at}`,
      "aria-selected": String(Boolean(entry.on)),
      class: entry.on ? "on" : null,
      dataset: { at, key: entry.key },
    },
    entry.lead ?? null,
    h(
      "span.list-words",
      {},
      h("span.list-text", {}, entry.text),
      entry.note ? h("span.list-note", {}, entry.note) : null,
    ),
    entry.mark ?? null,
  );
}

function move(box, to) {
  box.rows[box.at]?.classList.remove("active");
  box.at = box.rows.length ? Math.max(0, Math.min(to, box.rows.length - 1)) : -1;
  const row = box.rows[box.at];
  row?.classList.add("active");
  row?.scrollIntoView({ block: "nearest" });
  point(box);
}

function point(box) {
  if (!box.input) return;
  if (box.at >= 0) box.input.setAttribute("aria-activedescendant", `${box.id}-${box.at}`);
  else box.input.removeAttribute("aria-activedescendant");
}

function keydown(box, event, pick) {
  const count = box.rows.length;
  if (event.isComposing) return false;
  if (event.key === "Enter") {
    if (box.at < 0) return false;
    event.preventDefault();
    pick(box.entries[box.at]);
    return true;
  }
  const to = {
    ArrowDown: (box.at + 1) % count,
    ArrowUp: (box.at - 1 + count) % count,
    PageDown: box.at + 8,
    PageUp: box.at - 8,
  }[event.key];
  if (to === undefined || !count) return false;
  event.preventDefault();
  move(box, to);
  return true;
}
