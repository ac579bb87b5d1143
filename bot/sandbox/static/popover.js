// A small panel that hangs on a button: menus, choices, calendars, people's cards. One is open at a time; Esc, a click
// elsewhere, or leaving it by Tab closes it and the focus goes back to the button.

import { h } from "./dom.js";

const root = document.getElementById("popovers");
let open = null;

export function openPopover(anchor, content, { label, onClose, wide = false, role = "dialog" } = {}) {
  closePopover();
  const node = h(`div.popover${wide ? ".wide" : ""}`, { role, "aria-label": label }, content);
  root.append(node);
  open = { node, anchor, onClose };
  anchor.setAttribute("aria-expanded", "true");
  place();
  node.addEventListener("keydown", keys);
  node.addEventListener("focusout", left);
  return { node, close: closePopover, place };
}

export function closePopover({ focus = true } = {}) {
  if (!open) return;
  const { node, anchor, onClose } = open;
  open = null;
  const held = node.contains(document.activeElement);
  node.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (focus && held && anchor.isConnected) anchor.focus();
  onClose?.();
}

export const popoverOn = (anchor) => open?.anchor === anchor;

function keys(event) {
  if (event.key !== "Escape" && event.key !== "Tab") return;
  if (event.key === "Tab" && open.node.querySelectorAll("input, button, [tabindex='0']").length > 1) return;
  event.preventDefault();
  event.stopPropagation();
  closePopover();
}

function left(event) {
  if (!open || !event.relatedTarget) return;
  if (open.node.contains(event.relatedTarget) || open.anchor.contains(event.relatedTarget)) return;
  closePopover({ focus: false });
}

const GAP = 6;

function place() {
  if (!open) return;
  const { node, anchor } = open;
  if (!anchor.isConnected) return closePopover({ focus: false });
  const spot = anchor.getBoundingClientRect();
  node.style.minWidth = `${Math.min(Math.max(spot.width, 200), 420)}px`;
  const { offsetWidth: width, offsetHeight: height } = node;
  const below = innerHeight - spot.bottom - GAP;
  const top = below >= height || below >= spot.top ? spot.bottom + GAP : spot.top - height - GAP;
  node.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  node.style.left = `${Math.max(8, Math.min(spot.left, innerWidth - width - 8))}px`;
  return undefined;
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.node.contains(event.target) && !open.anchor.contains(event.target)) closePopover();
});
addEventListener("resize", place);
document.addEventListener("scroll", (event) => open && !open.node.contains(event.target) && place(), {
  capture: true,
  passive: true,
});
