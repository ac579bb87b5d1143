// data_visualization: pie, bar, line and area as plain SVG, with a legend and the figures as a table for screen readers.

import { h, svg } from "../dom.js";

const WIDTH = 520;
const HEIGHT = 240;
const EDGE = { left: 44, right: 12, top: 12, bottom: 34 };

export function chart(block) {
  const drawing = block.chart ?? {};
  const shown = drawing.type === "pie" ? pie(drawing, block.title) : axes(drawing, block.title);
  return h("figure.chart", {}, h("figcaption.card-title", {}, block.title), shown);
}

function pie({ segments = [] }, title) {
  const total = segments.reduce((sum, each) => sum + Number(each.value), 0) || 1;
  let from = 0;
  const slices = segments.map((segment, at) => {
    const share = Number(segment.value) / total;
    const slice = svg(
      "path",
      { d: slicePath(from, from + share), class: `fill-${at % 6}` },
      svg("title", {}, `${segment.label}: ${segment.value}`),
    );
    from += share;
    return slice;
  });
  const drawing = svg(
    "svg",
    { viewBox: "-105 -105 210 210", class: "pie", role: "img", "aria-label": title },
    slices,
    svg("circle", { r: 52, class: "pie-hole" }),
  );
  const percent = (segment) =>
    `${segment.label} · ${segment.value} (${Math.round((Number(segment.value) / total) * 100)} %)`;
  return h("div.pie-frame", {}, drawing, legend(segments.map(percent)));
}

function slicePath(from, to) {
  const point = (share) =>
    [Math.sin(share * 2 * Math.PI) * 100, -Math.cos(share * 2 * Math.PI) * 100].map((each) => each.toFixed(2));
  if (to - from > 0.9999) return "M0 -100 A100 100 0 1 1 -0.01 -100 Z";
  return `M0 0 L${point(from)} A100 100 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)} Z`;
}

function axes(drawing, title) {
  const series = drawing.series ?? [];
  const labels = drawing.axis_config?.categories ?? (series[0]?.data ?? []).map((point) => point.label);
  const values = series.flatMap((each) => each.data.map((point) => Number(point.value)));
  const scale = scaleFor(values);
  const place = placer(labels.length, scale);
  const draw = { bar: bars, line: lines, area: areas }[drawing.type] ?? bars;
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "axes", role: "img", "aria-label": title },
    grid(scale, place),
    labels.map((label, at) =>
      svg(
        "text",
        { x: place.center(at), y: HEIGHT - 14, class: "tick", "text-anchor": "middle" },
        shortened(label, labels.length),
      ),
    ),
    draw(series, place, labels),
  );
  const names = [drawing.axis_config?.y_label, drawing.axis_config?.x_label].filter(Boolean).join(" by ");
  return h(
    "div",
    {},
    names ? h("div.faint", {}, names) : null,
    picture,
    series.length > 1 ? legend(series.map((each) => each.name)) : null,
    figures(series, labels),
  );
}

function scaleFor(values) {
  const top = Math.max(0, ...values);
  const low = Math.min(0, ...values);
  const rough = (top - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  return { low: Math.floor(low / step) * step, high: Math.ceil(top / step) * step || step, step };
}

function placer(count, scale) {
  const wide = (WIDTH - EDGE.left - EDGE.right) / Math.max(count, 1);
  const tall = HEIGHT - EDGE.top - EDGE.bottom;
  const y = (value) => EDGE.top + tall * (1 - (value - scale.low) / (scale.high - scale.low));
  return { wide, y, center: (at) => EDGE.left + wide * (at + 0.5), base: y(Math.max(0, scale.low)) };
}

function grid(scale, place) {
  const rows = [];
  for (let value = scale.low; value <= scale.high + scale.step / 2; value += scale.step) {
    const y = place.y(value);
    rows.push(
      svg("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y, y2: y, class: value === 0 ? "axis" : "gridline" }),
    );
    rows.push(svg("text", { x: EDGE.left - 6, y: y + 4, class: "tick", "text-anchor": "end" }, compact(value)));
  }
  return rows;
}

const compact = (value) =>
  new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 }).format(value);

function shortened(label, count) {
  const most = Math.max(4, Math.floor(72 / Math.max(count, 1)));
  const text = String(label);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const pointsOf = (series, labels) =>
  labels.map((label) => Number(series.data.find((point) => point.label === label)?.value ?? 0));
const tip = (name, label, value) => svg("title", {}, `${name}, ${label}: ${value}`);

function bars(series, place, labels) {
  const wide = (place.wide * 0.72) / Math.max(series.length, 1);
  return series.map((each, nth) =>
    pointsOf(each, labels).map((value, at) => {
      const x = place.center(at) - (wide * series.length) / 2 + wide * nth;
      const [top, bottom] = [Math.min(place.y(value), place.base), Math.max(place.y(value), place.base)];
      return svg(
        "rect",
        {
          x: x + 1,
          y: top,
          width: Math.max(wide - 2, 1),
          height: Math.max(bottom - top, 1),
          rx: 2,
          class: `fill-${nth % 6}`,
        },
        tip(each.name, labels[at], value),
      );
    }),
  );
}

const polyline = (values, place) =>
  values.map((value, at) => `${place.center(at).toFixed(1)},${place.y(value).toFixed(1)}`).join(" ");

function lines(series, place, labels) {
  return series.map((each, nth) => {
    const values = pointsOf(each, labels);
    return [
      svg("polyline", { points: polyline(values, place), class: `line-${nth % 6}` }),
      values.map((value, at) =>
        svg(
          "circle",
          { cx: place.center(at), cy: place.y(value), r: 3.5, class: `fill-${nth % 6}` },
          tip(each.name, labels[at], value),
        ),
      ),
    ];
  });
}

function areas(series, place, labels) {
  const shapes = series.map((each, nth) => {
    const values = pointsOf(each, labels);
    const [first, last] = [place.center(0), place.center(values.length - 1)];
    return svg("polygon", {
      points: `${first},${place.base} ${polyline(values, place)} ${last},${place.base}`,
      class: `fill-${nth % 6} faded`,
    });
  });
  return [shapes, lines(series, place, labels)];
}

function legend(names) {
  return h(
    "ul.legend",
    {},
    names.map((name, at) =>
      h(
        "li",
        {},
        svg(
          "svg",
          { viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" },
          svg("rect", { width: 10, height: 10, rx: 2, class: `fill-${at % 6}` }),
        ),
        name,
      ),
    ),
  );
}

function figures(series, labels) {
  const rows = series.map((each) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, each.name),
      pointsOf(each, labels).map((value) => h("td", {}, String(value))),
    ),
  );
  return h(
    "table.unseen",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td"),
        labels.map((label) => h("th", { scope: "col" }, label)),
      ),
    ),
    h("tbody", {}, rows),
  );
}
