// The middle of the page: a channel or a conversation with its heading, messages and composer; the app's Messages tab.

import * as api from "./api.js";
import { channelHead } from "./channel_head.js";
import { makeComposer } from "./composer.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { messageList } from "./messages.js";
import { mrkdwn } from "./render/mrkdwn.js";
import * as store from "./store.js";

const PAGE = 60;
const MOST = 1000;

/** Opens a channel in `root`; returns {close, refresh, reveal}. */
export function openChannel(root, id, { at = null } = {}) {
  const pane = { root, id, me: store.state.me, messages: [], channel: null, more: false, at, first: true, open: true };
  pane.head = h("header.pane-head");
  pane.list = h("div.message-list", { role: "log", "aria-label": "Messages", "aria-live": "off" });
  pane.scroller = h(
    "div.scroller",
    { tabindex: "-1" },
    h("div.intro"),
    pane.list,
    h("div.notices", { role: "status" }),
  );
  pane.foot = h("div.pane-foot");
  pane.pill = h(
    "button.pill",
    { type: "button", hidden: true, onclick: () => pane.view.toEnd() },
    icon("down", 16),
    "New messages",
  );
  pane.view = messageList(pane.scroller, pane.list);
  root.replaceChildren(pane.head, pane.scroller, h("div.pill-frame", {}, pane.pill), pane.foot);
  pane.scroller.addEventListener("scroll", () => scrolled(pane), { passive: true });
  const offs = [
    store.on(`channel:${id}`, () => refresh(pane)),
    store.on("workspace", () => redraw(pane)),
    store.on("sidebar", () => sidebarCame(pane)),
    store.on("day", () => redraw(pane)),
  ];
  void refresh(pane);
  return {
    close: () => {
      pane.open = false;
      offs.forEach((off) => off());
    },
    reveal: (ts) => seek(pane, ts),
    focus: () => pane.foot.querySelector("textarea")?.focus(),
    composer: () => pane.composer,
  };
}

function scrolled(pane) {
  if (pane.scroller.scrollTop < 200) void older(pane);
  if (!pane.pill.hidden && pane.view.atEnd()) pane.pill.hidden = true;
}

function refresh(pane) {
  return store.once(`channel ${pane.me} ${pane.id}`, async () => {
    const limit = Math.min(Math.max(PAGE, pane.messages.length + 20), MOST);
    const answer = await api.channel(pane.me, pane.id, { limit });
    if (!pane.open) return;
    if (!answer.ok) return missing(pane, answer.error);
    pane.channel = answer.channel;
    pane.more = answer.more;
    if (pane.first) markNew(pane, answer.messages);
    const before = pane.messages.at(-1);
    pane.messages = answer.messages;
    draw(pane);
    pill(pane, before);
  });
}

function missing(pane, error) {
  pane.list.replaceChildren(
    h("div.empty", {}, icon("info", 22), h("p", {}, error || "This conversation can't be seen by this person.")),
  );
  pane.head.replaceChildren(h("h1.pane-title", {}, "Not here"));
  pane.foot.replaceChildren();
}

// The "New" line stands where it stood when the channel was opened, until one leaves it.
function markNew(pane, messages) {
  const read = pane.channel.last_read;
  if (read && messages.some((message) => message.unread)) pane.view.markNew(read);
}

function draw(pane) {
  heading(pane);
  pane.scroller.firstChild.replaceChildren(...intro(pane));
  if (pane.first) composer(pane);
  pane.view.update(pane.messages, pane.channel, { toEnd: pane.first });
  if (pane.first && pane.at) void seek(pane, pane.at);
  pane.first = false;
  pane.list.setAttribute("aria-live", "polite");
  void read(pane);
}

function redraw(pane) {
  if (pane.channel) pane.view.update(pane.messages, pane.channel);
}

function heading(pane) {
  if (!pane.channel) return;
  const current = store.state.channels.get(pane.id);
  const state = JSON.stringify([current, pane.channel.members, pane.channel.bookmarks, store.state.namesVersion]);
  if (pane.headState === state) return;
  const foot = `${current?.is_member}|${current?.is_archived}`;
  pane.headState = state;
  pane.head.replaceChildren(...channelHead({ ...pane.channel, ...current }));
  if (pane.footState !== undefined && pane.footState !== foot) composer(pane);
  pane.footState = foot;
}

// What arrives in the channel one looks at is read, whichever of the two news comes first.
function sidebarCame(pane) {
  heading(pane);
  if (!pane.first) void read(pane);
}

function intro(pane) {
  if (pane.more) return [h("div.older", { role: "status" }, "Earlier messages load as you scroll up")];
  const title = store.channelTitle(pane.channel);
  const words = {
    app: `This is where ${title} writes to ${store.nameOf(pane.me)}. Nobody else sees it.`,
    im: `This conversation is between ${title} and ${store.nameOf(pane.me)}.`,
    mpim: `This is the start of the conversation with ${title}.`,
  };
  const purpose = pane.channel.purpose || "This is the very beginning of the channel.";
  return [
    h(
      "div.beginning",
      {},
      h("h2", {}, ["channel", "private"].includes(pane.channel.kind) ? `# ${title}` : title),
      h("p", {}, words[pane.channel.kind] ?? mrkdwn(purpose)),
    ),
  ];
}

function composer(pane) {
  const channel = { ...pane.channel, ...store.state.channels.get(pane.id) };
  if (channel.is_archived)
    return pane.foot.replaceChildren(
      h("p.closed", {}, icon("archive"), "This channel is archived. It can be read, but nobody can write in it."),
    );
  if (channel.is_member === false) return pane.foot.replaceChildren(joinBar(pane, channel));
  pane.composer = makeComposer({
    channel,
    thread: null,
    notice: (words) => notice(pane, words),
    sent: () => pane.view.toEnd(),
  });
  return pane.foot.replaceChildren(pane.composer.node);
}

function joinBar(pane, channel) {
  const join = async () => {
    await api.act(pane.me, "join", { channel: channel.id });
    await store.loadSidebar();
    await refresh(pane);
    composer(pane);
    pane.composer?.focus();
  };
  return h(
    "div.join-bar",
    {},
    h("span", {}, h("strong", {}, `#${channel.name}`), " is open to everyone."),
    h("button.button.primary", { type: "button", onclick: join }, "Join channel"),
  );
}

// A line only this person sees and that nobody stores, such as "/mentor failed".
function notice(pane, words) {
  const slot = pane.scroller.lastChild;
  slot.replaceChildren(
    h(
      "div.local-notice",
      {},
      h("div.only-you", {}, icon("eye", 14), "Only visible to you"),
      h("div.text", {}, h("strong", {}, "Slackbot "), words),
    ),
  );
  pane.view.toEnd();
  setTimeout(() => slot.replaceChildren(), 15000);
}

async function older(pane) {
  if (!pane.more || pane.loading || !pane.messages.length || pane.messages.length >= MOST) return;
  pane.loading = true;
  const answer = await api.channel(pane.me, pane.id, { before: pane.messages[0].ts, limit: PAGE });
  pane.loading = false;
  if (!answer.ok || !pane.open) return;
  const known = new Set(pane.messages.map((message) => message.ts));
  pane.more = answer.more;
  pane.messages = [...answer.messages.filter((message) => !known.has(message.ts)), ...pane.messages];
  pane.scroller.firstChild.replaceChildren(...intro(pane));
  redraw(pane);
  if (pane.scroller.scrollTop < 200) void older(pane);
}

// A message that a link points to may lie further back than what is loaded.
async function seek(pane, ts) {
  while (!pane.view.reveal(ts) && pane.more && pane.open && pane.messages.length < MOST && pane.messages[0].ts > ts)
    await older(pane);
}

// "New messages" below, while one reads further up.
function pill(pane, before) {
  const last = pane.messages.at(-1);
  const fresh = before && last && last.ts > before.ts && last.user !== pane.me && !pane.view.atEnd();
  if (!fresh) return;
  pane.pill.hidden = false;
}

async function read(pane) {
  const known = store.state.channels.get(pane.id);
  if (document.hidden || !known?.unread) return;
  known.unread = 0;
  known.mentions = 0;
  store.emit("sidebar");
  await api.act(pane.me, "read", { channel: pane.id });
}
