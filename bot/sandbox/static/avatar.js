// The picture of a person: coloured initials; of the app: its mark.

import { h, svg } from "./dom.js";

export function avatar(person, size = 36) {
  const style = { width: `${size}px`, height: `${size}px`, "font-size": `${Math.round(size * 0.4)}px` };
  if (person.is_bot) return h("span.avatar.avatar-app", { style, "aria-hidden": "true" }, mark(size));
  const color = /^#?[0-9a-f]{6}$/i.test(person.color ?? "") ? `#${person.color.replace("#", "")}` : "#6b7a7b";
  return h(
    "span.avatar",
    { style: { ...style, background: color }, class: person.deleted ? "gone" : null, "aria-hidden": "true" },
    person.initials || "?",
  );
}

function mark(size) {
  return svg(
    "svg",
    { viewBox: "0 0 32 32", width: size, height: size },
    svg("circle", {
      cx: 16,
      cy: 16,
      r: 8.2,
      fill: "none",
      stroke: "#fff",
      "stroke-width": 2.6,
      "stroke-dasharray": "9.4 3.5",
    }),
    svg("circle", { cx: 16, cy: 16, r: 2.6, fill: "#f2c14e" }),
  );
}
