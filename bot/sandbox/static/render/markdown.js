// The markdown block: headings, lists with tasks, quotes, tables, fences, rules, and **bold**, *italic*, ~~strike~~,
// `code`, [links](…) within a line. HTML is not read: it shows as text, as in Slack.

import { h } from "../dom.js";
import { emojiOf, SHORTCODE } from "../emoji.js";
import { emojiNode, link } from "./mentions.js";

export function markdown(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const { node, next } = blockAt(lines, at);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

const RULE = /^ {0,3}([-*_])( *\1){2,} *$/;
const HEADING = /^ {0,3}(#{1,6}) +(.*?)#* *$/;
const FENCE = /^ {0,3}(```|~~~)/;
const ITEM = /^( *)([-*+]|\d{1,9}[.)]) +(.*)$/;
const TABLE_RULE = /^ *\|? *:?-+:? *(\| *:?-+:? *)*\|? *$/;

function blockAt(lines, at) {
  const line = lines[at];
  if (line.trim() === "") return { next: at + 1 };
  if (FENCE.test(line)) return fence(lines, at);
  const heading = line.match(HEADING);
  if (heading)
    return {
      node: h(`h${Math.min(heading[1].length + 2, 6)}.header.header-${heading[1].length}`, {}, span(heading[2])),
      next: at + 1,
    };
  if (RULE.test(line)) return { node: h("hr"), next: at + 1 };
  if (/^ {0,3}>/.test(line)) return quote(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "")) return table(lines, at);
  return paragraph(lines, at);
}

function fence(lines, at) {
  const mark = lines[at].match(FENCE)[1];
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(mark)) end += 1;
  return { node: h("pre.pre", {}, lines.slice(at + 1, end).join("\n")), next: end + 1 };
}

function quote(lines, at) {
  let end = at;
  while (end < lines.length && /^ {0,3}>/.test(lines[end])) end += 1;
  const inside = lines.slice(at, end).map((line) => line.replace(/^ {0,3}> ?/, ""));
  return { node: h("blockquote", {}, markdown(inside.join("\n"))), next: end };
}

function list(lines, at) {
  const [, indent, mark] = lines[at].match(ITEM);
  const ordered = /\d/.test(mark);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const found = lines[end].match(ITEM);
    if (found && found[1].length === indent.length && /\d/.test(found[2]) === ordered) {
      const body = itemBody(lines, end, indent.length);
      items.push(item(found[3], body.lines));
      end = body.next;
    } else break;
  }
  return {
    node: h(ordered ? "ol" : "ul", { start: ordered && parseInt(mark, 10) !== 1 ? parseInt(mark, 10) : null }, items),
    next: end,
  };
}

function itemBody(lines, at, indent) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() !== "" && lines[end].search(/\S/) > indent) end += 1;
  const inside = lines.slice(at + 1, end);
  const least = Math.min(...inside.map((line) => line.search(/\S/)));
  return { lines: inside.map((line) => line.slice(least)), next: end };
}

function item(text, inside) {
  const task = text.match(/^\[([ xX])\] +(.*)$/);
  const nested = inside.length ? markdown(inside.join("\n")) : [];
  if (!task) return h("li", {}, span(text), nested);
  return h(
    "li.task-item",
    {},
    h("input", { type: "checkbox", disabled: true, checked: task[1] !== " " }),
    " ",
    span(task[2]),
    nested,
  );
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/\\\|/g, "|"));

function table(lines, at) {
  const heads = cells(lines[at]);
  const align = cells(lines[at + 1]).map((rule) =>
    rule.endsWith(":") ? (rule.startsWith(":") ? "center" : "right") : "left",
  );
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (tag) => (cell, nth) => h(tag, { class: `align-${align[nth] ?? "left"}` }, span(cell));
  const rows = lines.slice(at + 2, end).map((line) => h("tr", {}, cells(line).map(row("td"))));
  return {
    node: h(
      "div.table-frame",
      {},
      h("table.table", {}, h("thead", {}, h("tr", {}, heads.map(row("th")))), h("tbody", {}, rows)),
    ),
    next: end,
  };
}

function paragraph(lines, at) {
  let end = at + 1;
  while (
    end < lines.length &&
    lines[end].trim() !== "" &&
    !FENCE.test(lines[end]) &&
    !HEADING.test(lines[end]) &&
    !ITEM.test(lines[end]) &&
    !/^ {0,3}>/.test(lines[end])
  )
    end += 1;
  const shown = lines.slice(at, end).flatMap((line, nth) => (nth === 0 ? span(line) : [h("br"), ...span(line)]));
  return { node: h("p", {}, shown), next: end };
}

// Each pattern is tried at the place where the text stands; the first that fits makes a node.
const SPANS = [
  [/^\\([\\`*_{}[\]()#+\-.!~|>])/, (found) => document.createTextNode(found[1])],
  [/^(`+)(.+?)\1(?!`)/, (found) => h("code.code", {}, found[2].trim())],
  [/^\*\*(?=\S)(.+?\S|\S)\*\*(?!\*)/, (found) => h("strong", {}, span(found[1]))],
  [/^__(?=\S)(.+?\S|\S)__(?!\w)/, (found) => h("strong", {}, span(found[1]))],
  [/^~~(?=\S)(.+?\S|\S)~~/, (found) => h("s", {}, span(found[1]))],
  [/^\*(?=[^\s*])(.+?[^\s*]|[^\s*])\*(?!\*)/, (found) => h("em", {}, span(found[1]))],
  [/^_(?=[^\s_])(.+?[^\s_]|[^\s_])_(?!\w)/, (found) => h("em", {}, span(found[1]))],
  [/^!?\[([^\]\n]*)\]\(<?([^\s)>]+)>?(?: "[^"]*")?\)/, (found) => link(found[2], found[1] || found[2])],
  [/^<((?:https?|mailto):[^\s<>]+)>/, (found) => link(found[1], found[1])],
  [/^https?:\/\/[^\s<>)]*[^\s<>).,;:!?"']/, (found) => link(found[0], found[0])],
];

const EMOJI_HERE = new RegExp(`^${SHORTCODE.source}`);

function span(text) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(plain);
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const found = spanAt(text, at);
    if (found) {
      flush();
      nodes.push(found.node);
      at += found.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function spanAt(text, at) {
  if (!/[\\`*_~![<h:]/.test(text[at])) return null;
  if (text[at] === "_" && at > 0 && /\w/.test(text[at - 1])) return null;
  const rest = text.slice(at);
  const emoji = rest.match(EMOJI_HERE);
  if (emoji && emojiOf(emoji[1])) return { node: emojiNode(emoji[1]), length: emoji[0].length };
  for (const [pattern, make] of SPANS) {
    const found = rest.match(pattern);
    if (found) return { node: make(found), length: found[0].length };
  }
  return null;
}
