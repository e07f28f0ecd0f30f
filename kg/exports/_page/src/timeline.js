/** The timeline: a lane for each type of event, a dot for its events of a day, week or month, and the events as a list. */

import { dayWords, marks } from "./days.js";
import { el, refill, svg, told } from "./dom.js";
import { line } from "./icons.js";
import { roving } from "./roving.js";
import { spanOf } from "./span.js";
import { sentence } from "./table.js";
import { what } from "./card.js";
import { QUADS, count, plain } from "./words.js";

const LEFT = 112;
const RIGHT = 20;
const APART = 18; // of two steps, in pixels
const LANE = 34;
const TOP = 26;
const AT_ONCE = 60;

/** The timeline: `{element, update}`. */
export function timeline(page) {
  const lanes = el("div", { class: "lanes" });
  const list = el("div", { class: "days-list" });
  const element = el("div", { class: "timeline", tabindex: 0, role: "region", "aria-label": "Timeline" }, lanes, list);
  const held = { page, lanes, list };
  new ResizeObserver(() => lanes.offsetWidth && lanes.offsetWidth !== held.wide && drawLanes(held)).observe(lanes);
  return { element, update: () => (drawLanes(held), drawList(held)) };
}

function drawLanes(held) {
  const { page, lanes } = held;
  const events = page.inScope().filter((event) => event.from !== null);
  held.wide = lanes.offsetWidth;
  const wide = Math.max(held.wide, 480);
  const span = spanOf(events, (wide - LEFT) / APART);
  if (!span) return refill(lanes, el("p", { class: "quiet" }, "No event that fits has a day."));
  const types = typesOf(events);
  const high = TOP + types.length * LANE + 8;
  const x = (day) => LEFT + ((day - span.first + 0.5) / (span.last - span.first + 1)) * (wide - LEFT - RIGHT);
  const dots = dotsOf(page, events, span, types);
  const most = dots.reduce((top, dot) => Math.max(top, dot.events.length), 1);
  const buttons = dots.map((dot) => button(page, dot, { x, most }));
  refill(
    lanes,
    svg("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "group", "aria-label": "Events by type and day" }, ground(span, types, { x, wide, high }), svg("g", {}, buttons)),
  );
  return roving(buttons, dots.map((dot) => dot.lane));
}

function typesOf(events) {
  const order = Object.keys(QUADS);
  const seen = new Map();
  for (const event of events) if (!seen.has(event.type)) seen.set(event.type, order.indexOf(event.quad));
  return [...seen.keys()].sort((a, b) => seen.get(a) - seen.get(b) || (a < b ? -1 : 1));
}

function dotsOf(page, events, span, types) {
  const found = new Map();
  for (const event of events) {
    const bin = span.bins[span.at(event.from)];
    const key = `${event.type} ${bin.from}`;
    if (!found.has(key)) found.set(key, { lane: types.indexOf(event.type), type: event.type, bin, quad: event.quad, events: [] });
    found.get(key).events.push(event);
  }
  return [...found.values()].sort((a, b) => a.lane - b.lane || a.bin.from - b.bin.from);
}

function ground(span, types, { x, wide, high }) {
  const ticks = marks(span.first, span.last, Math.max(Math.floor((wide - LEFT) / 70), 2));
  return [
    ticks.map(({ day, name }) => [
      svg("line", { class: "tick", x1: x(day - 0.5), x2: x(day - 0.5), y1: TOP - 6, y2: high - 6 }),
      svg("text", { class: "tick-name", x: x(day - 0.5), y: 14, "text-anchor": "middle" }, name),
    ]),
    types.map((type, at) => [
      svg("line", { class: "lane", x1: LEFT, x2: wide - RIGHT, y1: middle(at), y2: middle(at) }),
      svg("text", { class: "lane-name", x: LEFT - 16, y: middle(at) + 4, "text-anchor": "end" }, plain(type)),
    ]),
  ];
}

function middle(lane) {
  return TOP + lane * LANE + LANE / 2;
}

function button(page, dot, { x, most }) {
  const { quad, bin, type, events, lane } = dot;
  const size = 4.5 + 9.5 * Math.sqrt(events.length / Math.max(most, 6));
  const words = `${plain(type)}, ${bin.name}: ${count(events.length, "event")}`;
  const days = { from: Math.min(...events.map((event) => event.from)), to: Math.max(...events.map((event) => event.from)) };
  const select = () => page.select({ kind: "days", key: `${type} ${bin.from}`, type, name: bin.name, ...days });
  const chosen = page.state.get().selected?.key === `${type} ${bin.from}`;
  const given = { class: `moment tone-${QUADS[quad].tone}${QUADS[quad].open ? " open" : ""}${chosen ? " chosen" : ""}`, role: "button", "aria-label": words };
  const at = (Math.max(bin.from, days.from) + Math.min(bin.to, days.to)) / 2;
  return svg("g", { ...given, transform: `translate(${x(at).toFixed(1)} ${middle(lane)})`, on: { click: select } }, svg("title", {}, words), svg("circle", { r: size.toFixed(1) }));
}

function drawList({ page, list }) {
  const events = page.inScope().filter((event) => event.from !== null).sort((a, b) => a.from - b.from || a.number - b.number);
  const more = el("button", { type: "button", class: "more", on: { click: () => grow() } });
  const rows = el("div");
  let shown = 0;
  const grow = () => {
    rows.append(...days(page, events.slice(shown, shown + AT_ONCE), shown ? events[shown - 1].from : null));
    shown = Math.min(shown + AT_ONCE, events.length);
    more.hidden = shown === events.length;
    more.textContent = `Show more (${(events.length - shown).toLocaleString("en")} left)`;
  };
  grow();
  refill(list, rows, more);
}

function days(page, events, before) {
  return events.flatMap((event, at) => {
    const fresh = event.from !== (at ? events[at - 1].from : before);
    return [fresh ? el("h3", {}, dayWords(event.from)) : null, row(page, event)].filter(Boolean);
  });
}

function row({ graph, select }, event) {
  const who = event.parties.slice(0, 3).map((number, at) => [at ? ", " : "", told(graph.actors[number].label)]);
  return el(
    "p",
    { class: "moment-row" },
    line(event.quad, event.stand),
    el("button", { type: "button", class: "name", on: { click: () => select({ kind: "event", key: event.id }) } }, what(event)),
    " ",
    el("strong", {}, who),
    event.to === event.from ? null : el("span", { class: "quiet" }, ` (up to ${dayWords(event.to)})`),
    el("span", { class: "quiet" }, " ", sentence(graph, event)),
  );
}
