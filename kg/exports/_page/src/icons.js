/** The signs of the legend: shapes of kinds, and lines as the network draws them. */

import { lookOf } from "./looks.js";
import { svg } from "./dom.js";
import { QUADS } from "./words.js";

const SHAPES = {
  person: ["circle", { cx: 8, cy: 8, r: 6 }],
  state: ["rect", { x: 2.6, y: 2.6, width: 10.8, height: 10.8, rx: 1.4 }],
  government: ["path", { d: "M8 .8 15.2 8 8 15.2.8 8Z" }],
  armed_group: ["path", { d: "M8 1.4 15 13.6H1Z" }],
  igo: ["path", { d: "M8 1.2 14 4.6V11.4L8 14.8 2 11.4V4.6Z" }],
  party: ["path", { d: "M8 1.3 14.8 6.2 12.2 14.2H3.8L1.2 6.2Z" }],
  organisation: ["path", { d: "M8 14.6 15 2.4H1Z" }],
  group: ["path", { d: "M8 2a6 6 0 1 0 .01 0ZM8 5.4a2.6 2.6 0 1 1-.01 0Z", "fill-rule": "evenodd" }],
  community: ["path", { d: "M8 1a7 7 0 1 0 .01 0ZM8 2.3a5.7 5.7 0 1 1-.01 0ZM8 3.6a4.4 4.4 0 1 0 .01 0Z", "fill-rule": "evenodd" }],
};

/** The shape of a kind of actor. */
export function shape(kind) {
  const [tag, given] = SHAPES[kind];
  return svg("svg", { class: `shape kind-${kind}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, svg(tag, given));
}

/** A line of a quad class as it stands: `fact`, `ahead` or `denied`. */
export function line(quad, stand = "fact") {
  const [jagged, rails, dashed, crossed] = lookOf({ quad, stand });
  const path = jagged ? "M1 7 5 3 10 11 15 3 20 11 25 3 30 11 33 7" : "M1 7H33";
  const dash = dashed ? "5 3.5" : null;
  return svg(
    "svg",
    { class: `line tone-${QUADS[quad].tone}`, viewBox: "0 0 34 14", width: 34, height: 14, "aria-hidden": "true" },
    svg("path", { class: "stroke", d: path, "stroke-width": rails ? 4.4 : 2.6, "stroke-dasharray": dash }),
    rails ? svg("path", { class: "core", d: path, "stroke-width": 1.7 }) : null,
    crossed ? svg("path", { class: "gap", d: "M11 7H23", "stroke-width": 8 }) : null,
    crossed ? svg("path", { class: "stroke", d: "M13 3 21 11M21 3 13 11", "stroke-width": 1.8 }) : null,
  );
}
