// Short notices at the bottom that go away by themselves.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const root = document.getElementById("toasts");

export function toast(words, level = "info") {
  const node = h(
    `div.toast.toast-${level}`,
    {},
    icon(level === "warning" ? "warning" : "info", 18),
    h("span", {}, words),
  );
  node.append(
    h(
      "button.icon-button",
      { type: "button", "aria-label": "Dismiss", onclick: () => node.remove() },
      icon("close", 14),
    ),
  );
  root.append(node);
  while (root.children.length > 3) root.firstChild.remove();
  setTimeout(() => node.remove(), level === "warning" ? 9000 : 5000);
}
