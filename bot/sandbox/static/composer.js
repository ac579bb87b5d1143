// Where one writes: Enter sends, Shift+Enter starts a line, "/" offers commands, "@" people, "#" channels, ":" emoji.
// A draft stays with its conversation until it is sent.

import * as api from "./api.js";
import { completion } from "./complete.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import * as store from "./store.js";
import { appSays } from "./surface.js";
import { toast } from "./toast.js";

const drafts = new Map();

/** `notice(words)` shows a line to this person alone; `sent()` runs after something went out. */
export function makeComposer({ channel, thread, notice, sent }) {
  const key = `${store.state.me} ${channel.id} ${thread ?? ""}`;
  const area = h("textarea.composer-text", {
    rows: 1,
    placeholder: placeholder(channel, thread),
    "aria-label": placeholder(channel, thread),
    autocomplete: "off",
  });
  const box = { channel, thread, notice, sent, key, area, me: store.state.me };
  area.value = drafts.get(key) ?? "";
  box.send = h("button.send", { type: "submit", "aria-label": "Send" }, icon("send", 18));
  box.complete = completion(area, { commands: thread === null });
  const form = h(
    "form.composer",
    {
      onsubmit: (event) => {
        event.preventDefault();
        void send(box);
      },
    },
    box.complete.node,
    area,
    h("div.composer-tools", {}, shortcuts(box), hint(channel, thread), box.send),
  );
  area.addEventListener("input", () => changed(box));
  area.addEventListener("keydown", (event) => keys(event, box));
  requestAnimationFrame(() => changed(box));
  return { node: form, run: (text) => run(box, text) };
}

const readOnly = (channel) => channel.kind === "app" && store.state.workspace.messages_tab_read_only !== false;

function placeholder(channel, thread) {
  if (readOnly(channel)) return "Type / for a command";
  if (thread) return "Reply …";
  const title = store.channelTitle(channel);
  return `Message ${["channel", "private"].includes(channel.kind) ? `#${title}` : title}`;
}

function hint(channel, thread) {
  if (readOnly(channel))
    return h(
      "span.composer-hint.lasting",
      {},
      "Messages to the app are off: it can't read what you write. Commands work.",
    );
  return h("span.composer-hint", {}, h("kbd", {}, "Enter"), " sends · ", h("kbd", {}, "/"), " commands");
}

function shortcuts(box) {
  const global = (store.state.workspace.shortcuts ?? []).filter((each) => each.type === "global");
  if (!global.length) return null;
  const button = h(
    "button.icon-button",
    {
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "Shortcuts",
      title: "Shortcuts",
    },
    icon("plus"),
  );
  const run = async (shortcut) => {
    const answer = await api.act(box.me, "shortcut", { callback_id: shortcut.callback_id });
    if (!answer.ok) toast(appSays(answer.error), "warning");
  };
  button.addEventListener("click", () =>
    openMenu(
      button,
      global.map((each) => ({ text: each.name, note: each.description, run: () => run(each) })),
      "Shortcuts",
    ),
  );
  return button;
}

/** Types it and sends it, as somebody would who is told to. */
function run(box, text) {
  box.area.value = text;
  box.area.focus();
  changed(box);
  void send(box);
}

function changed(box) {
  const { area } = box;
  drafts.set(box.key, area.value);
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, 260)}px`;
  box.send.classList.toggle("ready", area.value.trim() !== "");
}

function keys(event, box) {
  if (box.complete.keydown(event)) return;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void send(box);
}

async function send(box) {
  const typed = box.area.value.trim();
  if (!typed) return;
  box.complete.hide();
  if (typed.startsWith("/")) return command(box, typed);
  if (readOnly(box.channel)) {
    return box.notice(
      `${store.channelTitle(box.channel)} can't read messages, so nothing was sent. Type / to see its commands.`,
    );
  }
  clear(box);
  const answer = await api.act(box.me, "say", {
    channel: box.channel.id,
    text: typed,
    ...(box.thread ? { thread_ts: box.thread } : {}),
  });
  if (!answer.ok) return failed(box, typed, answer.error);
  return box.sent();
}

async function command(box, typed) {
  const name = typed.split(/\s/)[0];
  if (box.thread) return box.notice(`${name} is not supported in threads. Sorry!`);
  if (!(store.state.workspace.commands ?? []).some((each) => each.command === name)) {
    return box.notice(`${name} is not a valid command. Type / to see what there is.`);
  }
  clear(box);
  box.area.setAttribute("aria-busy", "true");
  box.send.setAttribute("aria-busy", "true");
  const answer = await api.act(box.me, "command", { channel: box.channel.id, text: typed });
  box.area.removeAttribute("aria-busy");
  box.send.removeAttribute("aria-busy");
  if (!answer.ok || answer.error) return failed(box, typed, appSays(answer.error));
  return box.sent();
}

function clear(box) {
  box.area.value = "";
  changed(box);
}

function failed(box, typed, sentence) {
  if (box.area.value === "") {
    box.area.value = typed;
    changed(box);
  }
  box.notice(sentence);
}
