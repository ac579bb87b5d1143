// Dialogs over the page, one above the other: what lies beneath is inert, Tab stays inside, Esc asks the top one.

import { focusables, h } from "./dom.js";

const root = document.getElementById("layers");
const shell = document.getElementById("shell");
const stack = [];

/** Shows `box` above everything; {close} takes it away and gives the focus back. `escape` runs on Esc and on a click beside it. */
export function openLayer(box, { escape, opener = document.activeElement, beside = true } = {}) {
  const veil = h("div.layer", {}, box);
  const layer = { veil, box, escape, opener };
  veil.addEventListener("pointerdown", (event) => {
    if (beside && event.target === veil) escape?.();
  });
  veil.addEventListener("keydown", (event) => keys(event, layer));
  stack.push(layer);
  root.append(veil);
  settle();
  return { close: () => close(layer), box };
}

function close(layer) {
  const at = stack.indexOf(layer);
  if (at < 0) return;
  stack.splice(at, 1);
  layer.veil.remove();
  settle();
  if (layer.opener?.isConnected && (document.activeElement === document.body || !document.activeElement))
    layer.opener.focus();
}

function settle() {
  shell.inert = stack.length > 0;
  stack.forEach((layer, at) => {
    layer.veil.inert = at < stack.length - 1;
  });
}

export const layerOpen = () => stack.length > 0;

function keys(event, layer) {
  if (event.key === "Escape" && !event.defaultPrevented) {
    event.preventDefault();
    event.stopPropagation();
    layer.escape?.();
  }
  if (event.key === "Tab") keepInside(event, layer.box);
}

function keepInside(event, box) {
  const list = focusables(box);
  if (!list.length) return event.preventDefault();
  const edge = event.shiftKey ? list[0] : list.at(-1);
  if (document.activeElement !== edge && box.contains(document.activeElement)) return undefined;
  event.preventDefault();
  return (event.shiftKey ? list.at(-1) : list[0]).focus();
}
