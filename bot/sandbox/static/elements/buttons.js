// button, overflow, icon_button and feedback_buttons. A link button opens its address and tells the bot, as in Slack.

import { h, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { plain } from "../render/text.js";
import { confirmed } from "./confirm.js";
import { act, focusKey } from "./spot.js";

export function button(given, spot) {
  const style = ["primary", "danger"].includes(given.style) ? `.${given.style}` : "";
  const node = h(
    `button.button${style}`,
    { type: "button", "aria-label": given.accessibility_label, dataset: { key: focusKey(given, spot) } },
    h("span.button-text", {}, plain(given.text)),
  );
  node.addEventListener("click", () => press(given, spot, node));
  return node;
}

async function press(given, spot, node, chosen) {
  if (given.confirm && !(await confirmed(given.confirm, node))) return;
  openAddress(given.url);
  await act(given, spot, { chosen, control: node });
}

function openAddress(address) {
  const url = address ? safeUrl(address) : null;
  if (url) window.open(url.href, "_blank", "noopener,noreferrer");
}

export function overflow(given, spot) {
  const node = h(
    "button.button.overflow",
    {
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "More actions",
      dataset: { key: focusKey(given, spot) },
    },
    icon("more"),
  );
  const entries = (given.options ?? []).map((option) => ({
    text: plain(option.text),
    note: plain(option.description),
    run: () => press({ ...given, url: option.url }, spot, node, option.value),
  }));
  node.addEventListener("click", () => openMenu(node, entries, "More actions"));
  return node;
}

const ICONS = { trash: "trash" };

export function iconButton(given, spot) {
  const name = given.accessibility_label ?? plain(given.text);
  const node = h(
    "button.icon-button",
    { type: "button", "aria-label": name, title: plain(given.text), dataset: { key: focusKey(given, spot) } },
    icon(ICONS[given.icon] ?? "bolt", 16),
  );
  node.addEventListener("click", () => press(given, spot, node));
  return node;
}

export function feedback(given, spot) {
  const side = (choice, name, sign) => {
    const words = plain(choice?.text);
    const node = h(
      "button.icon-button",
      {
        type: "button",
        "aria-label": choice?.accessibility_label ?? words,
        title: words,
        "aria-pressed": "false",
        dataset: { key: focusKey(given, spot, name) },
      },
      icon(sign, 16),
    );
    node.addEventListener("click", () => {
      for (const other of node.parentElement.children) other.setAttribute("aria-pressed", String(other === node));
      void act(given, spot, { chosen: choice?.value, control: node });
    });
    return node;
  };
  return h(
    "span.feedback",
    { role: "group", "aria-label": "Was this helpful?" },
    side(given.positive_button, "positive", "up"),
    side(given.negative_button, "negative", "thumb_down"),
  );
}
