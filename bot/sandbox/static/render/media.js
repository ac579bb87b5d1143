// Pictures, videos and remote files: shown small, as this page loads no player and no foreign frame.

import { h, picture } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "./mentions.js";
import { plain, textNodes } from "./text.js";

export function imageBlock(block) {
  const address = block.image_url ?? block.slack_file?.url;
  const caption = block.title ? h("figcaption", {}, textNodes(block.title)) : null;
  const shown = address
    ? picture(address, block.alt_text, "img.image")
    : h("span.missing-picture", { role: "img", "aria-label": block.alt_text }, icon("file"), block.alt_text);
  return h("figure.figure", {}, caption, shown);
}

export function video(block) {
  const title = plain(block.title);
  const by = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h(
    "div.video",
    {},
    h("div.video-title", {}, block.title_url ? link(block.title_url, title) : title),
    by ? h("div.faint", {}, by) : null,
    block.description ? h("p", {}, textNodes(block.description)) : null,
    h(
      "div.video-frame",
      {},
      picture(block.thumbnail_url, block.alt_text, "img.image"),
      link(block.video_url, h("span.play", {}, icon("play"), "Watch")),
    ),
  );
}

export function fileBlock(block) {
  return h(
    "div.file",
    {},
    icon("file", 22),
    h("div", {}, h("div.file-name", {}, block.external_id), h("div.faint", {}, "A file from elsewhere")),
  );
}
