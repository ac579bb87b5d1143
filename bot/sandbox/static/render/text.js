// A text object ({type: plain_text | mrkdwn}) as nodes, and as one plain line for labels and lists.

import { emojified } from "../emoji.js";
import { h } from "../dom.js";
import { mrkdwn } from "./mrkdwn.js";

export function textNodes(object) {
  if (!object) return [];
  if (typeof object === "string") return withBreaks(emojified(object));
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return withBreaks(object.emoji === false ? object.text : emojified(object.text ?? ""));
}

function withBreaks(text) {
  return text.split("\n").flatMap((line, at) => (at === 0 ? [line] : [h("br"), line]));
}

/** The visible words alone: for buttons, options, accessible names. */
export function plain(object) {
  if (!object) return "";
  if (typeof object === "string") return emojified(object);
  if (object.type === "mrkdwn") return h("span", {}, mrkdwn(object.text)).textContent;
  return object.emoji === false ? object.text : emojified(object.text ?? "");
}
