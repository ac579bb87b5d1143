// What the composer offers while one types: commands with the words of their usage hint, people, channels, emoji.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { EMOJI, emojiLike } from "./emoji.js";
import { icon } from "./icons.js";
import { listbox } from "./listbox.js";
import * as store from "./store.js";

/** Ties the list to a textarea. `commands`: whether "/" means something here. */
export function completion(area, { commands }) {
  const box = { area, commands, offer: null, dismissed: null };
  box.list = listbox({ label: "Suggestions", pick: (entry) => pick(box, entry) });
  box.node = h(
    "div.completion",
    { hidden: true },
    box.list.node,
    h(
      "div.completion-foot",
      {},
      h("kbd", {}, "↑↓"),
      " choose ",
      h("kbd", {}, "Tab"),
      " take ",
      h("kbd", {}, "Esc"),
      " close",
    ),
  );
  area.setAttribute("aria-haspopup", "listbox");
  area.addEventListener("input", () => look(box));
  area.addEventListener("click", () => look(box));
  area.addEventListener("blur", () => hide(box));
  return { node: box.node, keydown: (event) => keydown(box, event), hide: () => hide(box), look: () => look(box) };
}

function look(box) {
  const { area } = box;
  const text = area.value.slice(0, area.selectionStart);
  const offer = (box.commands && commandOffer(text)) || wordOffer(text);
  if (text !== box.dismissed) box.dismissed = null;
  if (!offer?.entries.length || box.dismissed !== null) return hide(box);
  box.offer = offer;
  box.node.hidden = false;
  box.list.tie(area);
  return box.list.show(offer.entries);
}

function hide(box) {
  box.offer = null;
  box.node.hidden = true;
  box.area.removeAttribute("aria-activedescendant");
  box.area.setAttribute("aria-expanded", "false");
}

function keydown(box, event) {
  if (!box.offer) return false;
  if (event.key === "Escape") {
    box.dismissed = box.area.value.slice(0, box.area.selectionStart);
    event.preventDefault();
    event.stopPropagation();
    hide(box);
    return true;
  }
  if (event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    pick(box, box.list.active());
    return true;
  }
  if (event.key === "Enter" && (event.shiftKey || complete(box))) return false;
  return box.list.keydown(event);
}

// Enter sends when what stands there is already the whole of what the list would put.
function complete(box) {
  const entry = box.list.active();
  return box.offer.from === 0 && entry && box.area.value.trim() === entry.insert.trim();
}

function pick(box, entry) {
  if (!entry || !box.offer) return;
  const { area } = box;
  const before = area.value.slice(0, box.offer.from);
  const after = area.value.slice(area.selectionStart);
  hide(box);
  area.value = before + entry.insert + after;
  area.selectionStart = area.selectionEnd = before.length + entry.insert.length;
  area.dispatchEvent(new Event("input"));
}

function commandOffer(text) {
  if (!text.startsWith("/") || text.includes("\n")) return null;
  const space = text.indexOf(" ");
  const all = store.state.workspace.commands ?? [];
  if (space < 0) {
    const fits = all.filter((each) => each.command.startsWith(text.toLowerCase()));
    return {
      from: 0,
      entries: fits.map((each) => ({
        key: each.command,
        text: each.command,
        note: [each.usage_hint, each.description].filter(Boolean).join("  ·  "),
        insert: `${each.command} `,
        lead: sign("bolt"),
      })),
    };
  }
  const command = all.find((each) => each.command === text.slice(0, space));
  const typed = text.slice(space + 1).toLowerCase();
  const fits = phrases(command?.usage_hint ?? "").filter((phrase) => phrase.start.startsWith(typed));
  return {
    from: 0,
    entries: fits
      .slice(0, 12)
      .map((phrase) => ({
        key: phrase.start,
        text: `${command.command} ${phrase.shown}`,
        insert: `${command.command} ${phrase.start}${phrase.open ? " " : ""}`,
        lead: sign("bolt"),
      })),
  };
}

const sign = (name) => h("span.list-lead", {}, icon(name, 16));

/**
 * The calls a usage hint speaks of: "[match | circle create|join | pause <date>]" becomes match, circle create, circle
 * join, pause. `start` is what gets typed, `shown` carries the placeholders too.
 */
export function phrases(hint) {
  const found = new Map();
  for (const piece of spread(hint.replace(/^\s*\[(.*)\]\s*$/, "$1"))) {
    const words = piece.trim().split(/\s+/).filter(Boolean);
    const fixed = words.slice(0, firstOpen(words)).map((word) => word.replace(/[[\]()]/g, ""));
    if (!fixed.length) continue;
    const start = fixed.join(" ").toLowerCase();
    if (!found.has(start)) found.set(start, { start, shown: words.join(" "), open: fixed.length < words.length });
  }
  return [...found.values()];
}

function firstOpen(words) {
  const at = words.findIndex((word) => /^[<[@#"“]|…|\.\.\./.test(word));
  return at < 0 ? words.length : at;
}

function spread(hint) {
  return hint.split(/\s+\|\s+|\s*[,;·\n]\s*/).flatMap((piece) => {
    const words = piece.trim().split(/\s+/);
    const at = words.findIndex((word) => word.includes("|") && !/^[<[]/.test(word));
    if (at < 0) return [piece];
    return words[at].split("|").map((choice) => [...words.slice(0, at), choice, ...words.slice(at + 1)].join(" "));
  });
}

function wordOffer(text) {
  const found = text.match(/(?:^|\s)([@#:])([^\s@#:]*(?: [^\s@#:]*)?)$/);
  if (!found) return null;
  const [, mark, typed] = found;
  const from = text.length - typed.length - 1;
  const entries = { "@": people, "#": channels, ":": emoji }[mark](typed.toLowerCase());
  return { from, entries };
}

function people(typed) {
  const bot = store.who(store.state.workspace.bot.user_id);
  const all = [...[...store.state.people.values()].filter((each) => !each.deleted), bot];
  const fits = all.filter((each) =>
    `${each.real_name} ${each.name ?? ""}`
      .toLowerCase()
      .split(" ")
      .some((word, at, words) => words.slice(at).join(" ").startsWith(typed)),
  );
  return fits
    .slice(0, 8)
    .map((each) => ({
      key: each.id,
      text: each.real_name,
      note: each.is_bot ? "App" : each.title,
      lead: avatar(each, 22),
      insert: `@${each.real_name} `,
    }));
}

function channels(typed) {
  const all = [...store.state.channels.values()].filter((each) => ["channel", "private"].includes(each.kind));
  const fits = all.filter((each) => each.name.includes(typed));
  return fits
    .slice(0, 8)
    .map((each) => ({
      key: each.id,
      text: `#${each.name}`,
      lead: sign(each.kind === "private" ? "lock" : "hash"),
      insert: `#${each.name} `,
    }));
}

function emoji(typed) {
  if (typed.length < 2 || typed.includes(" ")) return [];
  return emojiLike(typed).map((name) => ({
    key: name,
    text: `:${name}:`,
    lead: h("span.list-lead", {}, EMOJI.get(name)),
    insert: `:${name}: `,
  }));
}
