// The pane on the right: one message and its replies.

import * as api from "./api.js";
import { makeComposer } from "./composer.js";
import { h, plural } from "./dom.js";
import { icon } from "./icons.js";
import { messageList } from "./messages.js";
import * as store from "./store.js";

export function openThread(root, channelId, ts) {
  const pane = { channelId, ts, me: store.state.me, first: true, open: true, messages: [] };
  pane.parent = h("div.message-list", { role: "group", "aria-label": "First message" });
  pane.count = h("div.reply-divider", { role: "separator" });
  pane.list = h("div.message-list", { role: "log", "aria-label": "Replies", "aria-live": "off" });
  pane.scroller = h(
    "div.scroller",
    { tabindex: "-1" },
    pane.parent,
    pane.count,
    pane.list,
    h("div.notices", { role: "status" }),
  );
  pane.foot = h("div.pane-foot");
  pane.top = messageList(pane.scroller, pane.parent, { inThread: true });
  pane.view = messageList(pane.scroller, pane.list, { inThread: true });
  const close = h(
    "a.icon-button",
    { href: store.placeHref({ channel: channelId }), "aria-label": "Close the thread", dataset: { close: "thread" } },
    icon("close"),
  );
  const channel = store.state.channels.get(channelId);
  const place = h(
    "span.faint",
    {},
    `${["channel", "private"].includes(channel?.kind) ? "#" : ""}${store.channelTitle(channel)}`,
  );
  root.replaceChildren(
    h(
      "header.pane-head",
      {},
      h("div.pane-line", {}, h("div.pane-names", {}, h("h2.pane-title", {}, "Thread"), place), close),
    ),
    pane.scroller,
    pane.foot,
  );
  root.hidden = false;
  const offs = [
    store.on(`thread:${channelId}:${ts}`, () => refresh(pane)),
    store.on(`channel:${channelId}`, () => refresh(pane)),
    store.on("day", () => redraw(pane)),
  ];
  void refresh(pane);
  return {
    close: () => {
      pane.open = false;
      root.hidden = true;
      root.replaceChildren();
      offs.forEach((off) => off());
    },
    focus: () => pane.foot.querySelector("textarea")?.focus(),
  };
}

function refresh(pane) {
  return store.once(`thread ${pane.me} ${pane.channelId} ${pane.ts}`, async () => {
    const answer = await api.thread(pane.me, pane.channelId, pane.ts);
    if (!pane.open) return;
    if (!answer.ok || !answer.messages.length)
      return pane.parent.replaceChildren(h("div.empty", {}, answer.error || "This message is gone."));
    pane.messages = answer.messages;
    if (pane.first) composer(pane);
    redraw(pane);
    pane.first = false;
  });
}

function redraw(pane) {
  const channel = store.state.channels.get(pane.channelId) ?? { id: pane.channelId };
  const [parent, ...replies] = pane.messages;
  if (!parent) return;
  pane.top.update([parent], channel);
  pane.count.replaceChildren(
    h("span", {}, replies.length ? plural(replies.length, "reply", "replies") : "No replies yet"),
  );
  pane.view.update(replies, channel, { toEnd: pane.first });
}

function composer(pane) {
  const channel = store.state.channels.get(pane.channelId);
  if (!channel || channel.is_archived || channel.is_member === false) return;
  const notice = (words) => {
    pane.scroller.lastChild.replaceChildren(
      h("div.local-notice", {}, h("div.text", {}, h("strong", {}, "Slackbot "), words)),
    );
    pane.view.toEnd();
  };
  pane.composer = makeComposer({ channel, thread: pane.ts, notice, sent: () => pane.view.toEnd() });
  pane.foot.replaceChildren(pane.composer.node);
}
