// The left side: the workspace, who one is, the app, channels and conversations with what is unread.

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { pickPerson } from "./people.js";
import * as store from "./store.js";
import { openSwitcher } from "./switcher.js";
import { clockTime } from "./time.js";

const root = document.getElementById("sidebar");
const folded = new Set(JSON.parse(sessionStorage.getItem("folded") ?? "[]"));

export function startSidebar() {
  root.replaceChildren(h("div.side-top"), h("div.side-list"));
  root.addEventListener("keydown", walk);
  for (const topic of ["workspace", "sidebar", "place"]) store.on(topic, draw);
}

function draw() {
  if (!store.state.workspace || !store.state.me) return;
  drawTop();
  const kept = document.activeElement?.closest?.("#sidebar [data-at]")?.dataset.at;
  root.querySelector(".side-list").replaceChildren(...sections());
  if (kept) root.querySelector(`[data-at="${CSS.escape(kept)}"]`)?.focus();
}

function drawTop() {
  const { workspace } = store.state;
  const me = store.reader();
  const state = JSON.stringify([workspace.team, workspace.connected, me, Math.floor(store.now() / 60)]);
  const top = root.querySelector(".side-top");
  if (top.dataset.state === state) return;
  const focused = top.contains(document.activeElement);
  top.dataset.state = state;
  const button = h(
    "button.you",
    {
      type: "button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      "aria-label": `You are ${me.real_name}. Choose somebody else`,
    },
    avatar(me, 36),
    h(
      "span.you-words",
      {},
      h("span.you-name", {}, me.real_name),
      h("span.you-note", {}, `${clockTime(store.now(), me.tz)} · ${me.tz_label ?? me.tz}`),
    ),
    icon("down", 16),
  );
  button.addEventListener("click", () => pickPerson(button, living(), "You are"));
  const link = workspace.connected
    ? h("span.link-ok", {}, "bot connected")
    : h("span.link-bad", {}, "bot not connected");
  top.replaceChildren(
    h("div.team", {}, h("span.team-name", {}, workspace.team.name), link),
    h("div.you-label", { "aria-hidden": "true" }, "You are"),
    button,
  );
  if (focused) button.focus();
}

const living = () =>
  [...store.state.people.values()]
    .sort((a, b) => Number(a.deleted) - Number(b.deleted) || a.real_name.localeCompare(b.real_name))
    .map((each) => each.id);

function sections() {
  const all = [...store.state.channels.values()].filter(
    (each) => each.is_member !== false || each.id === store.state.place.channel,
  );
  const named = all.filter(
    (each) =>
      ["channel", "private"].includes(each.kind) && (!each.is_archived || each.id === store.state.place.channel),
  );
  const people = all
    .filter((each) => ["im", "mpim"].includes(each.kind))
    .sort((a, b) => Number(b.last_ts ?? 0) - Number(a.last_ts ?? 0));
  named.sort((a, b) => a.name.localeCompare(b.name));
  return [
    section("Apps", appRows()),
    section("Channels", [...named.map(channelRow), browse()]),
    people.length ? section("Direct messages", people.map(channelRow)) : "",
  ];
}

function section(title, rows) {
  const closed = folded.has(title);
  const toggle = () => {
    if (closed) folded.delete(title);
    else folded.add(title);
    sessionStorage.setItem("folded", JSON.stringify([...folded]));
    draw();
  };
  const shown = closed ? rows.filter((row) => row.matches?.(".unread, [aria-current]")) : rows;
  return h(
    "section.side-section",
    {},
    h(
      "h2.side-title",
      {},
      h(
        "button",
        { type: "button", "aria-expanded": String(!closed), onclick: toggle, dataset: { at: title } },
        h(`span.fold-mark${closed ? "" : ".open"}`, {}, icon("right", 12)),
        title,
      ),
    ),
    shown,
  );
}

function appRows() {
  const bot = store.who(store.state.workspace.bot.user_id);
  const { place } = store.state;
  const app = store.app();
  const here = place.tab === "home" || (app && place.channel === app.id);
  const rows = [
    row({
      at: "app",
      href: store.placeHref({ tab: "home" }),
      lead: avatar(bot, 20),
      words: bot.real_name,
      current: false,
      unread: 0,
      strong: (app?.unread ?? 0) > 0,
    }),
  ];
  rows.push(
    row({
      at: "home",
      href: store.placeHref({ tab: "home" }),
      words: "Home",
      current: place.tab === "home",
      dot: store.state.homeUnread,
      inner: true,
    }),
  );
  if (app)
    rows.push(
      row({
        at: app.id,
        href: store.placeHref({ channel: app.id }),
        words: "Messages",
        current: place.tab !== "home" && here,
        unread: app.unread,
        inner: true,
      }),
    );
  return rows.slice(1).length ? [rows[0], ...rows.slice(1)] : rows;
}

function channelRow(channel) {
  const lead =
    channel.kind === "im"
      ? face(channel)
      : h(
          "span.side-sign",
          {},
          icon(channel.is_archived ? "archive" : ({ private: "lock", mpim: "people" }[channel.kind] ?? "hash"), 16),
        );
  return row({
    at: channel.id,
    href: store.placeHref({ channel: channel.id }),
    lead,
    words: store.channelTitle(channel),
    current: store.state.place.tab !== "home" && store.state.place.channel === channel.id,
    unread: channel.kind === "channel" || channel.kind === "private" ? channel.mentions : channel.unread,
    strong: channel.unread > 0,
  });
}

function face(channel) {
  const other = (channel.with ?? []).find((id) => id !== store.state.me) ?? store.state.me;
  return avatar(store.who(other), 20);
}

function row({ at, href, lead = null, words, current, unread = 0, strong = unread > 0, dot = false, inner = false }) {
  return h(
    `a.side-row${inner ? ".inner" : ""}`,
    { href, "aria-current": current ? "page" : null, class: strong || dot ? "unread" : null, dataset: { at } },
    lead,
    h("span.side-words", {}, words),
    unread ? h("span.count", { "aria-label": `${unread} unread` }, String(unread)) : null,
    dot ? h("span.dot", { "aria-label": "new" }) : null,
  );
}

function browse() {
  const open = [...store.state.channels.values()].filter((each) => each.is_member === false && !each.is_archived);
  const words = open.length ? `Browse channels (${open.length})` : "Go to …";
  return h(
    "button.side-row.browse",
    { type: "button", onclick: () => openSwitcher(), dataset: { at: "browse" } },
    h("span.side-sign", {}, icon("search", 16)),
    h("span.side-words", {}, words),
    h("kbd", {}, "Ctrl K"),
  );
}

function walk(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const rows = [...root.querySelectorAll("[data-at]")];
  const at = rows.indexOf(document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  rows[(at + by + rows.length) % rows.length].focus();
}

/** Opening a tab of the app is an event for the bot. */
export const openedMessages = () => api.act(store.state.me, "home", { tab: "messages" });
