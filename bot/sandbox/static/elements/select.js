// Every select: a button that shows what is chosen and opens a list with a search field. A multi select collects
// choices and tells the bot when its list closes.

import { debounce, h } from "../dom.js";
import { icon } from "../icons.js";
import { listbox } from "../listbox.js";
import { closePopover, openPopover, popoverOn } from "../popover.js";
import { plain } from "../render/text.js";
import { entriesFor, initial, isMulti, kindOf, labelOf } from "./sources.js";
import { choose, described, focusKey, idsOf, started } from "./spot.js";

export function select(given, spot) {
  const many = isMulti(given);
  const holder = h(`div.select${many ? ".multi" : ""}`);
  const button = h("button.select-button", {
    type: "button",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    dataset: { key: focusKey(given, spot) },
    ...described(spot, given),
  });
  const field = { given, spot, many, holder, button, chosen: started(given, spot, initial(given, spot.ctx.channel)) };
  button.addEventListener("click", () => toggle(field));
  button.addEventListener("keydown", (event) => typedAhead(event, field));
  holder.append(button);
  draw(field);
  return holder;
}

const list = (field) =>
  field.many ? (field.chosen ?? []) : field.chosen === null || field.chosen === undefined ? [] : [field.chosen];

function draw(field) {
  const labels = list(field).map((key) => labelOf(field.given, field.spot, key));
  const placeholder = plain(field.given.placeholder) || (field.many ? "Select options" : "Select an option");
  const shown = field.many
    ? labels.map((label) => h("span.token", {}, label))
    : labels.map((label) => h("span.select-value", {}, label));
  field.button.replaceChildren(
    ...(shown.length ? shown : [h("span.placeholder", {}, placeholder)]),
    h("span.select-mark", {}, icon("down", 16)),
  );
  const name = field.spot.field?.label ?? field.given.accessibility_label ?? placeholder;
  field.button.setAttribute("aria-label", labels.length ? `${name}: ${labels.join(", ")}` : name);
}

function typedAhead(event, field) {
  const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && !letter) return;
  event.preventDefault();
  open(field, letter ? event.key : "");
}

function toggle(field) {
  if (popoverOn(field.button)) closePopover();
  else open(field, "");
}

function open(field, typed) {
  const before = JSON.stringify(list(field));
  const box = listbox({
    pick: (entry) => picked(field, entry, refresh),
    many: field.many,
    label: field.button.getAttribute("aria-label"),
  });
  const search = h("input.search", {
    type: "text",
    placeholder: "Search",
    "aria-label": "Search the list",
    autocomplete: "off",
    spellcheck: "false",
    value: typed,
  });
  let asked = 0;
  let answered = null;
  const refresh = async () => {
    const turn = (asked += 1);
    const { entries, empty } = await entriesFor(field.given, field.spot, search.value.trim());
    if (turn !== asked) return;
    learn(field, entries);
    const chosen = list(field);
    const fresh = search.value !== "" && search.value !== answered;
    answered = search.value;
    box.show(
      entries.map((entry) => ({
        ...entry,
        on: chosen.includes(entry.key),
        mark: chosen.includes(entry.key) ? icon("check", 16) : null,
      })),
      empty,
      fresh,
    );
    popover.place();
  };
  const panel = h(
    "div.select-panel",
    {},
    h("div.search-frame", {}, icon("search", 16), search),
    box.node,
    footer(field, () => refresh()),
  );
  const popover = openPopover(field.button, panel, { label: "Choices", onClose: () => closed(field, before) });
  box.tie(search);
  search.addEventListener("input", kindOf(field.given) === "external" ? debounce(150, refresh) : refresh);
  search.addEventListener("keydown", (event) => searchKeys(event, { field, box, search, refresh }));
  search.focus();
  void refresh();
}

function searchKeys(event, { field, box, search, refresh }) {
  if (box.keydown(event)) return;
  if (event.key === "Backspace" && search.value === "" && field.many && list(field).length) {
    set(field, list(field).slice(0, -1));
    void refresh();
  }
}

function footer(field, refresh) {
  const clearable = field.many || field.spot.block.optional;
  if (!clearable) return null;
  const clear = () => {
    set(field, field.many ? [] : null);
    if (field.many) return refresh();
    void choose(field.given, field.spot, { value: null, control: field.button });
    return closePopover();
  };
  const done = field.many ? h("button.text-button", { type: "button", onclick: () => closePopover() }, "Done") : null;
  return h("div.select-foot", {}, h("button.text-button", { type: "button", onclick: clear }, "Clear"), done);
}

function learn(field, entries) {
  const seen = field.spot.ctx.form.options(...idsOf(field.given, field.spot));
  for (const entry of entries) seen.set(entry.key, { text: entry.text });
}

function set(field, value) {
  field.chosen = value;
  if (field.many) field.spot.ctx.form.set(...idsOf(field.given, field.spot), value);
  draw(field);
}

async function picked(field, entry, refresh) {
  if (!field.many) {
    const before = field.chosen;
    set(field, entry.key);
    closePopover();
    const done = await choose(field.given, field.spot, { value: entry.key, control: field.button });
    if (!done) set(field, before);
    return;
  }
  const now = list(field);
  const next = now.includes(entry.key) ? now.filter((key) => key !== entry.key) : [...now, entry.key];
  if (next.length > (field.given.max_selected_items ?? Infinity)) return;
  set(field, next);
  await refresh();
}

async function closed(field, before) {
  if (!field.many || JSON.stringify(list(field)) === before) return;
  const done = await choose(field.given, field.spot, { value: list(field), control: field.button });
  if (!done) set(field, JSON.parse(before));
}
