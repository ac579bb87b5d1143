// One message as a row: avatar, name, time, text or blocks, replies, reactions, and what can be done with it.

import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { h, plural } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { pickEmoji } from "./pick_emoji.js";
import { mrkdwn } from "./render/mrkdwn.js";
import * as store from "./store.js";
import { appSays } from "./surface.js";
import { ago, clockTime, fullMoment } from "./time.js";
import { toast } from "./toast.js";

const secondsOf = (ts) => Number(ts);
export const authorOf = (message) => message.user || message.bot_id || "";

/** `compact` rows follow one by the same author; `inThread` rows offer no thread of their own. */
export function messageRow(message, { channel, compact, inThread, surface }) {
  const author = store.who(authorOf(message));
  const node = h(
    `article.message${compact ? ".compact" : ""}${message.ephemeral ? ".ephemeral" : ""}`,
    {
      dataset: { ts: message.ts },
      "aria-label": `${message.username || author.real_name}, ${clockTime(secondsOf(message.ts), store.reader().tz)}`,
    },
    gutter(message, author, compact),
    h(
      "div.message-main",
      {},
      message.ephemeral ? h("div.only-you", {}, icon("eye", 14), "Only visible to you") : null,
      message.pinned ? h("div.only-you", {}, icon("flag", 14), "Pinned") : null,
      compact ? null : heading(message, author),
      content(message, surface),
      extras(message),
      reactions(message, channel),
      inThread ? null : repliesBar(message, channel),
    ),
    tools(message, { channel, inThread }),
  );
  return node;
}

function gutter(message, author, compact) {
  const moment = h(
    "a.moment",
    {
      href: store.placeHref({ channel: store.state.place.channel, message: message.ts }),
      title: fullMoment(secondsOf(message.ts), store.reader().tz),
    },
    clockTime(secondsOf(message.ts), store.reader().tz),
  );
  if (compact) return h("div.gutter", {}, moment);
  return h(
    "div.gutter",
    {},
    h(
      "button.face",
      { type: "button", tabindex: "-1", dataset: { person: author.id }, "aria-hidden": "true" },
      avatar(author),
    ),
  );
}

function heading(message, author) {
  const tz = store.reader().tz;
  return h(
    "div.message-head",
    {},
    h("button.author", { type: "button", dataset: { person: author.id } }, message.username || author.real_name),
    author.is_bot || author.other_bot ? h("span.badge", {}, "APP") : null,
    author.deleted ? h("span.badge", {}, "DEACTIVATED") : null,
    h(
      "time.moment",
      { datetime: new Date(secondsOf(message.ts) * 1000).toISOString(), title: fullMoment(secondsOf(message.ts), tz) },
      clockTime(secondsOf(message.ts), tz),
    ),
  );
}

function content(message, surface) {
  surface.form.recall(message.state);
  if (message.deleted) return h("div.text.faint", {}, "This message was deleted.");
  const edited = message.edited ? h("span.edited", {}, " (edited)") : null;
  if (message.subtype && /^(channel|group)_/.test(message.subtype)) {
    return h("div.text.faint", {}, mrkdwn(message.text.replace(/^<@[^>]+> /, "")));
  }
  if (message.blocks?.length) {
    // The blocks drawn before move into the new row as they are, with what is typed in them.
    const body = surface.container ?? h("div.blocks");
    surface.patch(body, message.blocks);
    return [body, edited];
  }
  return h("div.text", {}, mrkdwn(message.text), edited);
}

// Files by name, and the older attachments: a bar, a text.
function extras(message) {
  const files = (message.files ?? []).map((file) =>
    h(
      "div.file",
      {},
      icon("file", 22),
      h(
        "div",
        {},
        h("div.file-name", {}, file.title || file.name),
        file.alt_txt ? h("div.faint", {}, file.alt_txt) : null,
      ),
    ),
  );
  const attached = (message.attachments ?? []).map((each) =>
    h(
      "div.attachment",
      {},
      each.title ? h("strong", {}, each.title) : null,
      h("div.text", {}, mrkdwn(each.text ?? each.fallback ?? "")),
    ),
  );
  return [...attached, ...files];
}

function reactions(message, channel) {
  if (!message.reactions?.length) return null;
  const one = (each) => {
    const mine = each.users.includes(store.state.me);
    return h(
      `button.reaction${mine ? ".mine" : ""}`,
      {
        type: "button",
        title: each.users.map(store.nameOf).join(", "),
        "aria-pressed": String(mine),
        "aria-label": `${each.name}, ${each.users.length}`,
        onclick: () => react(message, channel, each.name),
      },
      emojiOf(each.name) ?? `:${each.name}:`,
      ` ${each.users.length}`,
    );
  };
  return h("div.reactions", {}, message.reactions.map(one));
}

async function react(message, channel, name) {
  const answer = await api.act(store.state.me, "react", { channel: channel.id, ts: message.ts, name });
  if (!answer.ok) toast(answer.error, "warning");
}

function reactButton(message, channel) {
  const button = h(
    "button.icon-button",
    {
      type: "button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      "aria-label": "Add a reaction",
      title: "Add a reaction",
    },
    icon("smile", 18),
  );
  button.addEventListener("click", () => pickEmoji(button, (name) => react(message, channel, name)));
  return button;
}

function repliesBar(message, channel) {
  if (!message.reply_count) return null;
  const faces = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(store.who(id), 22));
  const last = message.latest_reply ? `Last reply ${ago(secondsOf(message.latest_reply), store.now())}` : "";
  return h(
    "a.replies",
    { href: store.placeHref({ channel: channel.id, thread: message.ts }) },
    h("span.faces", {}, faces),
    h("span.reply-count", {}, plural(message.reply_count, "reply", "replies")),
    h("span.faint", {}, last),
  );
}

function tools(message, { channel, inThread }) {
  const shortcuts = (store.state.workspace.shortcuts ?? []).filter((each) => each.type === "message");
  if (message.ephemeral || message.deleted) return null;
  const reply = !inThread
    ? h(
        "a.icon-button",
        {
          href: store.placeHref({ channel: channel.id, thread: message.ts }),
          "aria-label": "Reply in thread",
          title: "Reply in thread",
        },
        icon("thread", 18),
      )
    : null;
  return h(
    "div.tools",
    { role: "toolbar", "aria-label": "Message" },
    reactButton(message, channel),
    reply,
    shortcuts.length ? shortcutButton(shortcuts, { channel, message }) : null,
  );
}

function shortcutButton(shortcuts, { channel, message }) {
  const button = h(
    "button.icon-button",
    {
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "More message shortcuts",
      title: "Shortcuts",
    },
    icon("dots", 18),
  );
  const run = async (shortcut) => {
    const answer = await api.act(store.state.me, "shortcut", {
      callback_id: shortcut.callback_id,
      channel: channel.id,
      ts: message.ts,
    });
    if (!answer.ok) toast(appSays(answer.error), "warning");
  };
  button.addEventListener("click", () =>
    openMenu(
      button,
      shortcuts.map((each) => ({ text: each.name, note: each.description, run: () => run(each) })),
      "Message shortcuts",
    ),
  );
  return button;
}
