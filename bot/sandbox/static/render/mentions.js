// What stands inside a sentence and is more than letters: people, channels, @here, links, dates. Shared by mrkdwn and
// rich_text, so that a mention looks the same wherever it came from.

import { emojiOf } from "../emoji.js";
import { h, safeUrl } from "../dom.js";
import * as store from "../store.js";
import { fullMoment, slackDate } from "../time.js";

export function userMention(id, label) {
  const person = store.who(id);
  const name = person.unknown ? label || id : person.real_name || label || id;
  const mine = id === store.state.me;
  return h(`button.mention${mine ? ".mention-me" : ""}`, { type: "button", dataset: { person: id } }, `@${name}`);
}

export function channelMention(id, label) {
  const channel = store.state.channels.get(id);
  if (!channel)
    return h(
      "span.mention.mention-private",
      { title: "Not visible for this person" },
      `#${label || "private-channel"}`,
    );
  return h("a.mention", { href: store.placeHref({ channel: id }) }, `#${channel.name}`);
}

export function broadcast(range) {
  return h("span.mention.mention-me", {}, `@${range}`);
}

export function userGroup(id, label) {
  return h("span.mention", {}, label ? (label.startsWith("@") ? label : `@${label}`) : `@${id}`);
}

export function dateNode(unix, pattern, { fallback, url }) {
  const tz = store.reader().tz;
  const shown = slackDate(unix, pattern, { tz, now: store.now(), fallback });
  if (!Number.isFinite(unix)) return document.createTextNode(shown);
  const node = h("time", { datetime: new Date(unix * 1000).toISOString(), title: fullMoment(unix, tz) }, shown);
  return url ? link(url, node) : node;
}

/** A link that leaves the page in a new tab; an address inside the workspace moves within the page. */
export function link(address, shown) {
  const url = safeUrl(address);
  if (!url || url.href === location.href) return h("span", {}, shown);
  const inside = insideHref(url);
  if (inside) return h("a.link", { href: inside }, shown);
  return h("a.link", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, shown);
}

/** Where slack://app?tab=home, slack://channel?id=C1 and …/archives/C1/p123 lead within the page. */
export function insideHref(url) {
  if (url.protocol === "slack:") {
    const target = url.href.match(/^slack:\/\/(\w+)/)?.[1];
    const query = new URLSearchParams(url.href.split("?")[1] ?? "");
    if (target === "app") return store.placeHref({ tab: query.get("tab") === "messages" ? "messages" : "home" });
    return query.get("id") ? store.placeHref({ channel: query.get("id") }) : null;
  }
  const archive = url.pathname.match(/\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?$/);
  if (!archive) return null;
  const thread = url.searchParams.get("thread_ts") ?? (archive[2] ? `${archive[2]}.${archive[3]}` : null);
  return store.placeHref({ channel: archive[1], thread: url.searchParams.get("thread_ts"), message: thread });
}

export function emojiNode(name) {
  const found = emojiOf(name);
  if (!found) return document.createTextNode(`:${name}:`);
  return h("span.emoji", { role: "img", "aria-label": `:${name}:`, title: `:${name}:` }, found);
}
