// Building the page out of nodes. Text always goes in as a text node and addresses are checked, so nothing that
// people or the bot wrote can become markup: no module of this page ever sets innerHTML.

const SVG = "http://www.w3.org/2000/svg";

/** h("button.primary", {type: "button", onclick}, "Save"): an element with classes, attributes and children. */
export function h(spec, attributes = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  return fill(node, attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  append(node, children);
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.classList.add(...value.split(" ").filter(Boolean));
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (name === "style") for (const [key, entry] of Object.entries(value)) node.style.setProperty(key, entry);
  else if (name === "value") node.value = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child);
  }
  return node;
}

export function replace(node, ...children) {
  node.textContent = "";
  return append(node, children);
}

/** An address that may be followed, or null: javascript:, data: and the like are left as text. */
export function safeUrl(address) {
  try {
    const url = new URL(String(address), location.href);
    return ["http:", "https:", "mailto:", "tel:", "slack:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Pictures of messages: https and data pictures only, as the page's policy lets no other load. */
export function picture(address, alt, spec = "img") {
  const url = safeUrl(address);
  const shown = url && (url.protocol === "https:" || url.origin === location.origin);
  if (!shown) return h("span.missing-picture", { role: "img", "aria-label": alt }, alt || "picture");
  const node = h(spec, { src: url.href, alt, loading: "lazy", referrerpolicy: "no-referrer" });
  node.addEventListener("error", () =>
    node.replaceWith(h("span.missing-picture", { role: "img", "aria-label": alt }, alt || "picture")),
  );
  return node;
}

let counter = 0;
export function freshId(prefix = "id") {
  counter += 1;
  return `${prefix}-${counter}`;
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [contenteditable="true"], [tabindex]:not([tabindex="-1"])';

export function focusables(node) {
  return [...node.querySelectorAll(FOCUSABLE)].filter((each) => each.tabIndex >= 0 && each.getClientRects().length > 0);
}

export function debounce(delay, job) {
  let timer = null;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => job(...args), delay);
  };
}
