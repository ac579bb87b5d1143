// rich_text blocks: sections, nested lists, quotes and preformatted text, with every inline element. Text here is raw:
// no markup is read in it, so what people wrote shows as they wrote it.

import { emojiOf } from "../emoji.js";
import { h } from "../dom.js";
import { broadcast, channelMention, dateNode, emojiNode, link, userGroup, userMention } from "./mentions.js";

export function richText(block) {
  return h("div.rich", {}, parts(block.elements ?? []));
}

// Neighbouring lists with growing indents are one list with lists inside, numbered by `offset`.
function parts(elements) {
  const nodes = [];
  const open = [];
  for (const element of elements) {
    if (element.type !== "rich_text_list") {
      open.length = 0;
      nodes.push(part(element));
      continue;
    }
    const list = listNode(element);
    const level = Number(element.indent ?? 0);
    while (open.length && open.at(-1).level >= level) open.pop();
    const parent = open.at(-1)?.list.lastElementChild;
    if (parent) parent.append(list);
    else nodes.push(list);
    open.push({ level, list });
  }
  return nodes;
}

function listNode(element) {
  const ordered = element.style === "ordered";
  const level = Number(element.indent ?? 0);
  const start = ordered && element.offset ? element.offset + 1 : null;
  const border = element.border ? ".bordered" : "";
  return h(
    `${ordered ? "ol" : "ul"}.rich-list.level-${level % 3}${border}`,
    { start },
    (element.elements ?? []).map((entry) => h("li", {}, inlineNodes(entry.elements ?? []))),
  );
}

function part(element) {
  const border = element.border ? ".bordered" : "";
  if (element.type === "rich_text_quote") return h("blockquote", {}, inlineNodes(element.elements ?? []));
  if (element.type === "rich_text_preformatted") return h(`pre.pre${border}`, {}, inlineNodes(element.elements ?? []));
  return h("div.rich-section", {}, inlineNodes(element.elements ?? []));
}

export function inlineNodes(elements) {
  return elements.map((element) => styled(inlineNode(element), element.style));
}

const INLINE = {
  text: (element) => textNode(element.text ?? ""),
  link: (element) => link(element.url, element.text || element.url),
  user: (element) => userMention(element.user_id),
  usergroup: (element) => userGroup(element.usergroup_id),
  team: (element) => h("span.mention", {}, element.team_id),
  channel: (element) => channelMention(element.channel_id),
  broadcast: (element) => broadcast(element.range),
  emoji: (element) => pictureOf(element),
  date: (element) =>
    dateNode(Number(element.timestamp), element.format ?? "{date}", { fallback: element.fallback, url: element.url }),
  color: (element) => colour(element.value),
};

function inlineNode(element) {
  const make = INLINE[element.type];
  return make ? make(element) : document.createTextNode(element.text ?? "");
}

function textNode(text) {
  const span = h("span");
  text.split("\n").forEach((line, at) => {
    if (at > 0) span.append(h("br"));
    span.append(line);
  });
  return span;
}

function pictureOf(element) {
  if (emojiOf(element.name) || !element.unicode) return emojiNode(element.name);
  const points = element.unicode.split("-").map((code) => parseInt(code, 16));
  return h("span.emoji", { role: "img", "aria-label": `:${element.name}:` }, String.fromCodePoint(...points));
}

function colour(value) {
  const safe = /^#[0-9a-f]{3,8}$/i.test(value) ? value : "transparent";
  return h("span.colour", {}, value, h("span.swatch", { style: { background: safe } }));
}

const WRAPS = [
  ["code", "code.code"],
  ["underline", "u"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
  ["highlight", "mark"],
];

function styled(node, style) {
  if (!style) return node;
  return WRAPS.reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}
