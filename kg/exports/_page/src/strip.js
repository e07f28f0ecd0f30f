/** The strip below the pictures: how many events when, cooperation upwards, conflict downwards, with a brush over it. */

import { dayOf, dayWords, isoOf, marks } from "./days.js";
import { el, refill, svg } from "./dom.js";
import { spanOf } from "./span.js";
import { QUADS } from "./words.js";

const MOST = 220; // steps
const HIGH = 30; // of either half, in units of the picture

/** The strip: `{element, update, span}`. */
export function strip(page) {
  const element = el("section", { class: "strip", "aria-label": "Days" });
  const held = { page, element, span: null, drag: null };
  return { element, update: () => update(held), span: () => held.span };
}

function update(held) {
  const { page, element } = held;
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  held.span = spanOf(page.graph.events, MOST);
  if (!held.span) return refill(element, el("p", { class: "quiet small" }, "No event has a day."));
  held.track = el("div", { class: "track" }, bars(held), cover(held), handle(held, "from"), handle(held, "to"));
  held.track.addEventListener("pointerdown", (event) => down(held, event));
  held.track.addEventListener("pointermove", (event) => move(held, event));
  held.track.addEventListener("pointerup", (event) => up(held, event));
  refill(element, fields(held), el("div", { class: "chart" }, held.track, axis(held)));
  if (focused) document.getElementById(focused)?.focus();
  return element;
}

function fields(held) {
  const { filters } = held.page.state.get();
  const field = (side, name) =>
    el("label", {}, name, el("input", {
      type: "date",
      id: `day-${side}`,
      value: filters[side] === null ? "" : isoOf(filters[side]),
      on: { change: ({ target }) => set(held, { [side]: dayOf(target.value) }) },
    }));
  const any = filters.from === null && filters.to === null;
  const clear = el("button", { type: "button", id: "all-days", disabled: any, on: { click: () => set(held, { from: null, to: null }) } }, "All days");
  return el("div", { class: "days" }, field("from", "From"), field("to", "to"), clear);
}

function set(held, part) {
  const { filters } = held.page.state.get();
  const changed = { ...filters, ...part };
  if (changed.from !== null && changed.to !== null && changed.from > changed.to) [changed.from, changed.to] = [changed.to, changed.from];
  held.page.state.set({ filters: changed });
}

function bars(held) {
  const { span, page } = held;
  const counts = span.bins.map(() => ({ cooperation: 0, neutral: 0, conflict: 0 }));
  for (const event of page.anyDay()) if (event.from !== null) counts[span.at(event.from)][QUADS[event.quad].tone] += 1;
  const most = counts.reduce((high, { cooperation, neutral, conflict }) => Math.max(high, cooperation + neutral, conflict), 1);
  const tall = (events) => (events ? Math.max((events / most) * HIGH, 1.5) : 0);
  const rect = (at, tone, y, height) => (height ? svg("rect", { class: `tone-${tone}`, x: at + 0.08, width: 0.84, y, height }) : null);
  const stack = ({ cooperation, neutral, conflict }, at) => [
    rect(at, "cooperation", HIGH - tall(cooperation), tall(cooperation)),
    rect(at, "neutral", HIGH - tall(cooperation) - tall(neutral), tall(neutral)),
    rect(at, "conflict", HIGH + 1, tall(conflict)),
  ];
  return svg(
    "svg",
    { viewBox: `0 0 ${span.bins.length} ${2 * HIGH + 1}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    counts.map(stack),
    svg("rect", { class: "ground", x: 0, y: HIGH, width: span.bins.length, height: 1 }),
  );
}

/** The steps that the brush covers, the last one included. */
function brushed({ span, page }) {
  const { from, to } = page.state.get().filters;
  const start = from === null ? 0 : span.at(from);
  const end = to === null ? span.bins.length - 1 : span.at(to);
  return [start, end];
}

function cover(held) {
  const [start, end] = brushed(held);
  const { from, to } = held.page.state.get().filters;
  const element = el("div", { class: from === null && to === null ? "brush all" : "brush" });
  place(element, held, start, end + 1);
  return element;
}

function place(element, { span }, left, right) {
  element.style.left = `${(100 * left) / span.bins.length}%`;
  if (right !== undefined) element.style.width = `${(100 * (right - left)) / span.bins.length}%`;
}

function handle(held, side) {
  const { span } = held;
  const [start, end] = brushed(held);
  const at = side === "from" ? start : end;
  const day = span.bins[at][side];
  const element = el("div", {
    class: `handle ${side}`,
    id: `handle-${side}`,
    role: "slider",
    tabindex: 0,
    "aria-label": side === "from" ? "First day" : "Last day",
    "aria-valuemin": 0,
    "aria-valuemax": span.bins.length - 1,
    "aria-valuenow": at,
    "aria-valuetext": dayWords(day),
    on: { keydown: (event) => key(held, side, at, event) },
  });
  place(element, held, side === "from" ? start : end + 1);
  return element;
}

function key(held, side, at, event) {
  const last = held.span.bins.length - 1;
  const to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 6, PageUp: at + 6, Home: 0, End: last }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const [start, end] = brushed(held);
  if (side === "from") brush(held, Math.min(Math.max(to, 0), end), end);
  else brush(held, start, Math.max(Math.min(to, last), start));
}

/** Set the days to steps; a brush over all of them asks for no days. */
function brush(held, start, end) {
  const { bins } = held.span;
  const from = start === 0 ? null : bins[start].from;
  const to = end === bins.length - 1 ? null : bins[end].to;
  set(held, { from, to });
}

function stepAt(held, event) {
  const { left, width } = held.track.getBoundingClientRect();
  const { length } = held.span.bins;
  return Math.min(Math.max(Math.floor(((event.clientX - left) / width) * length), 0), length - 1);
}

function down(held, event) {
  const at = stepAt(held, event);
  const [start, end] = brushed(held);
  const side = event.target.classList.contains("from") ? "from" : event.target.classList.contains("to") ? "to" : "";
  const covered = event.target.classList.contains("brush") && !event.target.classList.contains("all");
  const anchor = side === "from" ? end : side === "to" ? start : at;
  held.drag = { anchor, at, moving: covered && !side, start, end };
  if (side) event.target.focus();
  held.track.setPointerCapture(event.pointerId);
  event.preventDefault();
}

function move(held, event) {
  if (!held.drag) return;
  held.drag.to = stepAt(held, event);
  const [left, right] = dragged(held);
  place(held.track.querySelector(".brush"), held, left, right + 1);
  held.track.querySelector(".brush").classList.remove("all");
  place(held.track.querySelector(".from"), held, left);
  place(held.track.querySelector(".to"), held, right + 1);
}

function dragged({ drag, span }) {
  const to = drag.to ?? drag.at;
  if (!drag.moving) return [Math.min(drag.anchor, to), Math.max(drag.anchor, to)];
  const by = Math.min(Math.max(to - drag.at, -drag.start), span.bins.length - 1 - drag.end);
  return [drag.start + by, drag.end + by];
}

function up(held, event) {
  if (!held.drag) return;
  held.drag.to = stepAt(held, event);
  const [start, end] = dragged(held);
  held.drag = null;
  brush(held, start, end);
}

function axis({ span }) {
  const length = span.last - span.first + 1;
  const at = (day) => (day - span.first) / length;
  const ticks = marks(span.first, span.last, 12).filter(({ day }) => at(day) < 0.96).map(({ day, name }) => {
    const tick = el("span", {}, name);
    tick.style.left = `${100 * at(day)}%`;
    return tick;
  });
  return el("div", { class: "axis", "aria-hidden": "true" }, ticks);
}
