// Small line drawings, 20 by 20, in the colour of the text around them.

import { svg } from "./dom.js";

const PATHS = {
  smile: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM7.5 8.5h.01M12.5 8.5h.01M6.8 11.8c1.600 2.200 4.800 2.200 6.400 0",
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  archive: "M3 4h14v4H3zM4.5 8v8h11V8M8 11h4",
  thread: "M4 4h12v9H9l-3.5 3v-3H4z",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4l-6 6 6 6",
  down: "M5 8l5 5 5-5",
  right: "M8 5l5 5-5 5",
  left: "M12 5l-5 5 5 5",
  search: "M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13 13l4 4",
  clock: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 6v4.2l2.8 1.7",
  calendar: "M4 5h12v11H4zM4 8.5h12M7.5 3v3M12.5 3v3",
  next: "M5 5l6 5-6 5zM14 5v10",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  dots: "M10 4.5h.01M10 10h.01M10 15.5h.01",
  send: "M3 10 17 4l-4 13-3-5.5z",
  plus: "M10 4v12M4 10h12",
  check: "M4 10.5l4 4 8-9",
  warning: "M10 3.2 17.5 16h-15zM10 8v4M10 14h.01",
  info: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 9.2v4M10 6.6h.01",
  error: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM7.5 7.5l5 5M12.5 7.5l-5 5",
  success: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM6.8 10.2l2.3 2.3 4.2-4.8",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  people:
    "M7.5 4.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM2.5 16c0-3 2.2-4.6 5-4.6s5 1.6 5 4.6M13 5a2.4 2.4 0 0 1 0 4.7M14 11.6c2.2.3 3.5 1.9 3.5 4.4",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  bold: "M6 4h4.8a2.9 2.9 0 0 1 0 5.8H6zM6 9.8h5.5a3.1 3.1 0 0 1 0 6.2H6z",
  italic: "M11.5 4h-3M11.5 16h-3M11 4 9 16M8 16H7M13 4h-2",
  strike:
    "M4 10h12M13.5 6.5C13 5 11.8 4 10 4 7.8 4 6.5 5.2 6.5 6.800M6.5 13.500C7 15 8.2 16 10 16c2.2 0 3.600-1.2 3.600-2.900",
  code: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  list: "M7.5 5.500H17M7.5 10H17M7.5 14.500H17M3.8 5.500h.01M3.8 10h.01M3.8 14.500h.01",
  quote: "M4 4v12M8 6h9M8 10h9M8 14h6",
  link: "M8.5 11.500l3-3M9 6l1.500-1.500a3.2 3.2 0 0 1 4.5 4.500L13.5 10.500M11 14l-1.5 1.500A3.2 3.2 0 0 1 5 11l1.500-1.500",
  file: "M5 3h7l3 3v11H5zM12 3v3h3",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.8 11h7.400l.8-11",
  up: "M7 9v7H4V9zM7 9l3-6c1.5 0 2 1 2 2v3h4l-1 8H7",
  thumb_down: "M7 11V4H4v7zM7 11l3 6c1.5 0 2-1 2-2v-3h4l-1-8H7",
  home: "M3.5 9.5 10 4l6.5 5.500M5.5 8.500V16h9V8.500",
  bolt: "M11 2.5 4.5 11.500H9.500L9 17.500l6.500-9H10.500z",
  flag: "M5 17V3.500h9l-2 3.5 2 3.500H5",
  play: "M6 4l10 6-10 6z",
  gear: "M10 7.200a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.600zM10 2.500v2.200M10 15.300v2.200M2.5 10h2.200M15.3 10h2.200M4.7 4.700l1.6 1.600M13.7 13.700l1.6 1.600M15.3 4.700l-1.6 1.600M6.3 13.700l-1.6 1.600",
};

export function icon(name, size = 18) {
  const heavy = name === "more" || name === "dots" ? 2.4 : 1.6;
  return svg(
    "svg",
    { viewBox: "0 0 20 20", width: size, height: size, class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", {
      d: PATHS[name] ?? PATHS.info,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": heavy,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}
