// The heading of a conversation: name, topic, members, bookmarks, the app's tabs, and a menu of what can happen to it.

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { h, plural } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { openPopover } from "./popover.js";
import { link } from "./render/mentions.js";
import { mrkdwn, unescape } from "./render/mrkdwn.js";
import { ask, sure } from "./dialogs.js";
import { pickPerson } from "./people.js";
import * as store from "./store.js";
import { toast } from "./toast.js";

const SIGNS = { channel: "hash", private: "lock", mpim: "people" };

export function channelHead(channel) {
  if (channel.kind === "app") return appHead("messages");
  const title = h("h1.pane-title", {}, face(channel), h("span", {}, store.channelTitle(channel)));
  const topic = channel.topic ? h("div.topic", { title: unescape(channel.topic) }, mrkdwn(channel.topic)) : null;
  return [
    h(
      "div.pane-line",
      {},
      h("div.pane-names", {}, title, topic),
      h("div.pane-tools", {}, membersButton(channel), menuButton(channel)),
    ),
    bookmarks(channel),
  ].filter(Boolean);
}

function face(channel) {
  if (channel.is_archived) return icon("archive");
  if (channel.kind !== "im") return icon(SIGNS[channel.kind] ?? "hash");
  const other = (channel.with ?? []).find((id) => id !== store.state.me) ?? store.state.me;
  return avatar(store.who(other), 24);
}

/** The app's heading with its two tabs. */
export function appHead(tab) {
  const bot = store.who(store.state.workspace.bot.user_id);
  const tabLink = (name, words, unread) =>
    h(
      "a.tab",
      {
        href: store.placeHref({ tab: name }),
        "aria-current": tab === name ? "page" : null,
        class: unread ? "unread" : null,
      },
      words,
      unread ? h("span.dot", { "aria-label": "new" }) : null,
    );
  return [
    h(
      "div.pane-line",
      {},
      h(
        "div.pane-names",
        {},
        h("h1.pane-title", {}, avatar(bot, 24), h("span", {}, bot.real_name), h("span.badge", {}, "APP")),
      ),
    ),
    h(
      "nav.tabs",
      { "aria-label": "App tabs" },
      tabLink("home", "Home", store.state.homeUnread),
      tabLink("messages", "Messages", (store.app()?.unread ?? 0) > 0),
    ),
  ];
}

function membersButton(channel) {
  const members = channel.members ?? [];
  if (!members.length) return null;
  const button = h(
    "button.button.quiet",
    {
      type: "button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      "aria-label": `${plural(members.length, "member")}`,
    },
    icon("people", 18),
    String(members.length),
  );
  button.addEventListener("click", () => pickPerson(button, members, "Members"));
  return button;
}

function menuButton(channel) {
  if (channel.kind === "im" || channel.kind === "mpim") return null;
  const button = h(
    "button.icon-button",
    { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": "Channel menu" },
    icon("dots"),
  );
  button.addEventListener("click", () => openMenu(button, entries(channel), "Channel"));
  return button;
}

function entries(channel) {
  const change = (what, body) => report(api.post(`/channels/${channel.id}/${what}`, body));
  const rename = async () => {
    const name = await ask({ title: "Rename this channel", label: "Name", value: channel.name, yes: "Rename" });
    if (name) await change("rename", { name });
  };
  const gone = async (what, title) => {
    if (await sure({ title, text: "The bot is told, as it would be in Slack.", yes: title.split(" ")[0] }))
      await change(what, {});
  };
  return [
    channel.is_member
      ? { text: "Leave channel", run: () => report(api.act(store.state.me, "leave", { channel: channel.id })) }
      : null,
    channel.is_archived ? null : { text: "Rename channel", run: rename },
    null,
    channel.is_archived
      ? null
      : { text: "Archive channel", danger: true, run: () => gone("archive", "Archive channel") },
    { text: "Delete channel", danger: true, run: () => gone("delete", "Delete channel") },
  ].filter((entry, at, all) => entry || (at > 0 && all.length > 3));
}

async function report(promise) {
  const answer = await promise;
  if (!answer.ok) toast(answer.error, "warning");
}

function bookmarks({ bookmarks: list = [], canvas = {} }) {
  if (!list.length && !canvas.id) return null;
  const sign = (bookmark) => emojiOf((bookmark.emoji ?? "").replaceAll(":", "")) ?? icon("link", 16);
  return h(
    "nav.bookmarks",
    { "aria-label": "Bookmarks" },
    list.map((bookmark) => link(bookmark.link, h("span.bookmark", {}, sign(bookmark), " ", bookmark.title))),
    canvas.id ? canvasButton(canvas) : null,
  );
}

/** The channel's document. What is written in it is shown as it was sent: a real canvas would format it. */
function canvasButton(canvas) {
  const show = (event) =>
    openPopover(event.currentTarget, h("div.canvas", { tabindex: "0" }, canvas.markdown), { label: "Canvas", wide: true });
  return h("button.bookmark", { type: "button", onclick: show }, icon("thread", 16), " Canvas");
}
