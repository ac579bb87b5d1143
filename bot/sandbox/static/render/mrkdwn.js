// Slack's own markup, mrkdwn: *bold* _italic_ ~strike~ `code` ```block``` > quote, <links|label>, <@people>,
// <#channels>, <!date^…>, :emoji:, and &amp; &lt; &gt; as the only entities. It is read left to right into nodes.

import { emojiOf, SHORTCODE } from "../emoji.js";
import { h } from "../dom.js";
import { broadcast, channelMention, dateNode, emojiNode, link, userGroup, userMention } from "./mentions.js";

export const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/** Nodes of a whole mrkdwn text, with code blocks and quotes. */
export function mrkdwn(text) {
  const nodes = [];
  const pieces = String(text ?? "").split("```");
  pieces.forEach((piece, at) => {
    const open = at === pieces.length - 1 && at % 2 === 1;
    if (open) nodes.push(...quotes(`\`\`\`${piece}`));
    else if (at % 2 === 1) nodes.push(h("pre.pre", {}, plainInside(piece.replace(/^\n|\n$/g, ""))));
    else nodes.push(...quotes(at > 0 ? piece.replace(/^\n/, "") : piece));
  });
  return nodes;
}

// Within code nothing is formatted, but links and entities are still what they stand for.
function plainInside(text) {
  return unescape(text.replace(/<([^<>\n|]+)\|([^<>\n]*)>/g, "$2").replace(/<((?:https?|mailto):[^<>\n]+)>/g, "$1"));
}

function quotes(text) {
  if (text === "") return [];
  const nodes = [];
  let lines = [];
  let quoted = null;
  const flush = () => {
    if (lines.length) nodes.push(quoted ? h("blockquote", {}, inline(lines.join("\n"))) : inline(lines.join("\n")));
    lines = [];
  };
  for (const line of text.split("\n")) {
    const mark = line.match(/^(?:&gt;|>) ?/);
    if (quoted !== null && quoted !== Boolean(mark)) flush();
    quoted = Boolean(mark);
    lines.push(mark ? line.slice(mark[0].length) : line);
  }
  flush();
  return nodes.flat();
}

const STYLES = { "*": "strong", _: "em", "~": "s" };
const SPECIAL = /^<([^<>\n]+)>/;
const BARE_URL = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?"')\]]/;

/** Nodes of one run of text without code blocks and quotes. */
export function inline(text) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(...lines(unescape(plain)));
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at);
    if (token) {
      flush();
      nodes.push(token.node);
      at += token.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function lines(text) {
  return text.split("\n").flatMap((line, at) => (at === 0 ? [line] : [h("br"), line]));
}

function tokenAt(text, at) {
  const letter = text[at];
  if (letter === "<") return specialAt(text, at);
  if (letter === "`") return codeAt(text, at);
  if (letter === ":") return emojiAt(text, at);
  if (STYLES[letter]) return styledAt(text, at);
  if (letter === "h" && !wordBefore(text, at)) return urlAt(text, at);
  return null;
}

const wordBefore = (text, at) => at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1]);
const wordAfter = (text, at) => at + 1 < text.length && /[\p{L}\p{N}]/u.test(text[at + 1]);

function codeAt(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1 || text.slice(at, end).includes("\n")) return null;
  return { node: h("code.code", {}, plainInside(text.slice(at + 1, end))), length: end + 1 - at };
}

function emojiAt(text, at) {
  const found = text.slice(at, at + 80).match(new RegExp(`^${SHORTCODE.source}`));
  if (!found || !emojiOf(found[1])) return null;
  return { node: emojiNode(found[1]), length: found[0].length };
}

function urlAt(text, at) {
  const found = text.slice(at, at + 3000).match(BARE_URL);
  if (!found) return null;
  return { node: link(unescape(found[0]), unescape(found[0])), length: found[0].length };
}

// A mark opens after a space or punctuation and before a letter, and closes the other way round, on the same line.
function styledAt(text, at) {
  const mark = text[at];
  if (wordBefore(text, at) || at + 1 >= text.length || /[\s]/.test(text[at + 1]) || text[at + 1] === mark) return null;
  for (let end = at + 1; end < text.length && text[end] !== "\n"; end += 1) {
    if (text[end] === "<") end += (text.slice(end).match(SPECIAL)?.[0].length ?? 1) - 1;
    else if (text[end] === "`") end += (codeAt(text, end)?.length ?? 1) - 1;
    else if (text[end] === mark && closes(text, at, end)) {
      return { node: h(STYLES[mark], {}, inline(text.slice(at + 1, end))), length: end + 1 - at };
    }
  }
  return null;
}

const closes = (text, start, end) => end > start + 1 && !/\s/.test(text[end - 1]) && !wordAfter(text, end);

function specialAt(text, at) {
  const found = text.slice(at).match(SPECIAL);
  if (!found) return null;
  const [target, ...rest] = found[1].split("|");
  const label = rest.length ? unescape(rest.join("|")) : null;
  const node = special(target, label);
  return node ? { node, length: found[0].length } : null;
}

function special(target, label) {
  if (target.startsWith("@")) return userMention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!")) return command(target.slice(1), label);
  if (/^(https?|mailto|tel|slack):/.test(target))
    return link(unescape(target), label || unescape(target).replace(/^mailto:/, ""));
  return null;
}

function command(target, label) {
  if (["here", "channel", "everyone"].includes(target)) return broadcast(target);
  const [kind, ...parts] = target.split("^");
  if (kind === "subteam") return userGroup(parts[0] ?? "", label);
  if (kind === "date") {
    return dateNode(Number(parts[0] || NaN), unescape(parts[1] ?? "{date}"), {
      fallback: label ?? "",
      url: parts[2] ? unescape(parts[2]) : null,
    });
  }
  return document.createTextNode(label || `<!${target}>`);
}
