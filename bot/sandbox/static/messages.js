// A list of messages that is patched, not redrawn: rows are kept by ts, so typing, focus and the place one has scrolled
// to survive news. Rows of one author within five minutes are grouped, days are divided.

import { h } from "./dom.js";
import { authorOf, messageRow } from "./message.js";
import * as store from "./store.js";
import { arrange, makeSurface, rememberFocus, restoreFocus, signature } from "./surface.js";
import { dayKey, dividerDay } from "./time.js";

const GROUP_SECONDS = 300;

/** `scroller` scrolls, `list` holds the rows. options: {inThread} */
export function messageList(scroller, list, { inThread = false } = {}) {
  const view = { scroller, list, inThread, rows: new Map(), dividers: new Map(), newFrom: null };
  stayAtEnd(scroller, list);
  return {
    update: (messages, channel, { toEnd = false } = {}) => update(view, { messages, channel, toEnd }),
    markNew: (ts) => {
      view.newFrom = ts;
    },
    reveal: (ts) => reveal(view, ts),
    toEnd: () => toEnd(scroller),
    atEnd: () => atEnd(scroller),
  };
}

const atEnd = (scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;

function toEnd(scroller) {
  scroller.scrollTop = scroller.scrollHeight;
}

// Who reads the end keeps reading the end when pictures load, the composer grows or the window changes.
function stayAtEnd(scroller, list) {
  let stuck = true;
  scroller.addEventListener("scroll", () => (stuck = atEnd(scroller)), { passive: true });
  const watch = new ResizeObserver(() => stuck && toEnd(scroller));
  watch.observe(list);
  watch.observe(scroller);
}

function update(view, { messages, channel, toEnd: jump }) {
  const follow = jump || atEnd(view.scroller);
  const anchor = follow ? null : firstSeen(view);
  const focus = rememberFocus(view.list);
  arrange(view.list, nodes(view, messages, channel));
  restoreFocus(view.list, focus);
  if (follow) toEnd(view.scroller);
  else if (anchor) holdStill(view, anchor);
}

// By ts, not by node: a row may be drawn anew, say as the second of a group.
function holdStill(view, { ts, bottom }) {
  const row = view.rows.get(ts);
  if (row) view.scroller.scrollTop += row.node.getBoundingClientRect().bottom - bottom;
}

function firstSeen(view) {
  const edge = view.scroller.getBoundingClientRect().top;
  for (const [ts, { node }] of view.rows) {
    const { bottom } = node.getBoundingClientRect();
    if (bottom > edge) return { ts, bottom };
  }
  return null;
}

function nodes(view, messages, channel) {
  const tz = store.reader().tz;
  const rows = new Map();
  const found = [];
  let before = null;
  for (const message of messages) {
    const day = dayKey(Number(message.ts), tz);
    const newDay = !view.inThread && (!before || before.day !== day);
    if (newDay) found.push(divider(view, `day ${day}`, dividerDay(Number(message.ts), tz, store.now())));
    const fresh = view.newFrom !== null && message.ts > view.newFrom && (!before || before.ts <= view.newFrom);
    if (fresh && !view.inThread) found.push(divider(view, "new", "New"));
    const compact = !newDay && !fresh && follows(before, message);
    const row = rowFor(view, message, { channel, compact });
    rows.set(message.ts, row);
    found.push(row.node);
    before = { ...message, day };
  }
  view.rows = rows;
  return found;
}

function follows(before, message) {
  return (
    before !== null &&
    authorOf(before) === authorOf(message) &&
    before.username === message.username &&
    !before.ephemeral &&
    !message.ephemeral &&
    !before.reply_count &&
    Number(message.ts) - Number(before.ts) < GROUP_SECONDS
  );
}

function rowFor(view, message, { channel, compact }) {
  const sign = `${compact}|${store.state.me}|${repliesAge(message)}|${signature(message)}`;
  const old = view.rows.get(message.ts);
  if (old?.sign === sign) return old;
  const where = () => ({ type: "message", channel: channel.id, ts: message.ts });
  const surface = old?.surface ?? makeSurface("message", where, channel.id);
  return { sign, surface, node: messageRow(message, { channel, compact, inThread: view.inThread, surface }) };
}

// "Last reply 2 hours ago" grows old: by the hour is fine enough.
const repliesAge = (message) => (message.reply_count ? Math.floor(store.now() / 3600) : "");

function divider(view, key, words) {
  const old = view.dividers.get(key);
  if (old) {
    old.firstChild.textContent = words;
    return old;
  }
  const node = h(`div.divider${key === "new" ? ".divider-new" : ""}`, { role: "separator" }, h("span", {}, words));
  view.dividers.set(key, node);
  return node;
}

function reveal(view, ts) {
  const row = view.rows.get(ts);
  if (!row) return false;
  row.node.scrollIntoView({ block: "center" });
  row.node.classList.add("pointed");
  setTimeout(() => row.node.classList.remove("pointed"), 2500);
  return true;
}
