// "What happened" after the clock moved: one line a message, with a way to it, as oneself or as the person who got it.
// On a wide page it is a column of its own; on a narrow one it lies over the conversation, and folds up as one goes on.

import { avatar } from "./avatar.js";
import { h, plural } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./render/mrkdwn.js";
import * as store from "./store.js";
import { clockTime, shortDay } from "./time.js";

const shell = document.getElementById("shell");
let panel = null;

store.on("place", () => {
  if (panel && getComputedStyle(panel).position === "absolute") fold(true);
});

export function showHappened(list, { moved, total }) {
  hideHappened();
  const title = list.length ? plural(total, "message") : "Nothing happened";
  const rows = list.length
    ? h("ul.happened-list", {}, list.map(row))
    : h("p.faint", {}, "The bot had nothing to say in that time.");
  panel = h(
    "section.happened",
    { "aria-label": "What happened" },
    h(
      "div.happened-head",
      { role: "status" },
      h(
        "button.happened-title",
        { type: "button", "aria-expanded": "true", onclick: () => fold(!panel.classList.contains("folded")) },
        h("strong", {}, title),
        h("span.faint", {}, moved),
      ),
      h(
        "button.icon-button",
        { type: "button", "aria-label": "Close this list", onclick: hideHappened },
        icon("close", 16),
      ),
    ),
    rows,
    total > list.length ? h("p.faint", {}, `and ${total - list.length} more`) : null,
  );
  panel.addEventListener("keydown", (event) => event.key === "Escape" && hideHappened());
  document.querySelector(".columns").append(panel);
  shell.classList.add("with-happened");
}

export function hideHappened() {
  panel?.remove();
  panel = null;
  shell.classList.remove("with-happened");
}

function fold(up) {
  panel.classList.toggle("folded", up);
  panel.querySelector(".happened-title").setAttribute("aria-expanded", String(!up));
}

function row(event) {
  const tz = store.reader().tz;
  const time = `${shortDay(Number(event.ts), tz)}, ${clockTime(Number(event.ts), tz)}`;
  const words = h(
    "span.happened-words",
    {},
    h("span.happened-place", {}, placeOf(event), h("span.faint", {}, ` ${time}`)),
    h("span.happened-text", {}, h("span", {}, mrkdwn(event.text)).textContent),
  );
  const lead = avatar(store.who(alone(event) ?? event.user), 24);
  const href = hrefOf(event);
  return h(
    "li",
    {},
    href
      ? h("a.happened-row", { href }, lead, words)
      : h("div.happened-row", {}, lead, words),
  );
}

// The one person who got it, when it was a direct message or for their eyes only.
const alone = (event) => (event.to?.length === 1 ? event.to[0] : null);
const named = (event) => ["channel", "private"].includes(event.kind);

function placeOf(event) {
  if (named(event)) return `#${event.channel_name}${alone(event) ? ` for ${store.nameOf(alone(event))}` : ""}`;
  if ((event.to ?? []).includes(store.state.me))
    return event.to.length > 1 ? `To you and ${event.to.length - 1} more` : "To you";
  return `To ${(event.to ?? []).map(store.nameOf).join(", ")}`;
}

// As oneself when one may see it, else through the eyes of somebody who got it.
function hrefOf(event) {
  const place = { channel: event.channel, thread: event.thread_ts || null, message: event.ts };
  const mine =
    store.state.channels.has(event.channel) &&
    (!alone(event) || (event.to ?? []).includes(store.state.me) || !named(event));
  if (mine) return store.placeHref(place);
  return event.to?.length ? store.placeHref({ ...place, me: event.to[0] }) : null;
}
