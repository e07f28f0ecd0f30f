/** The map: a dot for each place, as large as it has events, divided by cooperation and conflict. No tiles, no network. */

import { geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import world from "world";

import { placeWords } from "./card.js";
import { el, isolated, refill, svg } from "./dom.js";
import { roving } from "./roving.js";
import { placeKey } from "./selection.js";
import { QUADS, count, short } from "./words.js";

const WIDE = 1000;
const HIGH = 500;
const CLOSEST = 40;
const TURN = 2 * Math.PI;

/** The map: `{element, update}`. */
export function map(page) {
  const held = { page, element: el("div", { class: "map" }), frame: null, fitted: "" };
  return { element: held.element, update: () => update(held) };
}

function projection() {
  return geoEqualEarth().fitExtent([[4, 4], [WIDE - 4, HIGH - 4]], { type: "Sphere" });
}

function update(held) {
  held.places = placed(held.page);
  const note = missing(held.page);
  if (!held.drawn) draw(held);
  const keys = held.places.map(({ key }) => key).join(" ");
  if (!held.frame || held.fitted !== keys) fit(held);
  held.fitted = keys;
  dots(held);
  refill(held.note, note);
}

function placed(page) {
  const at = new Map();
  const project = projection();
  for (const event of page.inScope()) {
    const place = event.place === undefined ? null : page.graph.places[event.place];
    if (!place || place.lat === undefined) continue;
    const key = placeKey(place);
    if (!at.has(key)) at.set(key, { key, place, spot: project([place.lon, place.lat]), tones: { cooperation: 0, neutral: 0, conflict: 0 }, events: 0 });
    at.get(key).events += 1;
    at.get(key).tones[QUADS[event.quad].tone] += 1;
  }
  return [...at.values()].sort((a, b) => b.events - a.events || (a.key < b.key ? -1 : 1));
}

function missing(page) {
  const all = page.inScope();
  const without = all.filter((event) => event.place === undefined || page.graph.places[event.place].lat === undefined).length;
  return `${count(all.length - without, "event")} on the map; ${without.toLocaleString("en")} without a known place.`;
}

function draw(held) {
  const path = geoPath(projection());
  const lands = feature(world, world.objects.countries).features;
  held.marks = svg("g", { class: "places", role: "group", "aria-label": "Places" });
  held.picture = svg(
    "svg",
    { class: "world", role: "group", "aria-label": "Map of events" },
    svg("path", { class: "sea", d: path({ type: "Sphere" }) }),
    svg("path", { class: "grid", d: path(geoGraticule10()) }),
    svg("g", { class: "lands" }, lands.map((land) => svg("path", { d: path(land) }))),
    held.marks,
  );
  held.note = el("p", { class: "note quiet small" });
  refill(held.element, held.picture, tools(held), held.note);
  listen(held);
  new ResizeObserver(() => held.element.offsetWidth && (frame(held, held.frame), dots(held))).observe(held.element);
  held.drawn = true;
}

function tools(held) {
  const button = (sign, name, does) => el("button", { type: "button", "aria-label": name, title: name, on: { click: does } }, sign);
  return el(
    "div",
    { class: "tools", role: "group", "aria-label": "Map" },
    button("+", "Closer", () => zoom(held, 0.6)),
    button("−", "Farther", () => zoom(held, 1 / 0.6)),
    button("⤢", "All places", () => (fit(held), dots(held))),
    button("◯", "Whole world", () => (frame(held, [0, 0, WIDE, HIGH]), dots(held))),
  );
}

/** Show the part of the world in which the events lie. */
function fit(held) {
  if (!held.places.length) return frame(held, [0, 0, WIDE, HIGH]);
  const [xs, ys] = [0, 1].map((axis) => held.places.map(({ spot }) => spot[axis]));
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const margin = Math.max((right - left) * 0.12, (bottom - top) * 0.12, 25);
  return frame(held, [left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin]);
}

/** Set the part that is shown, grown to the shape of the window and kept on the map. */
function frame(held, asked) {
  const shape = (held.element.offsetWidth || WIDE) / (held.element.offsetHeight || HIGH);
  let [left, top, wide, high] = asked || [0, 0, WIDE, HIGH];
  const grown = Math.max(wide, high * shape);
  [left, wide] = [left - (grown - wide) / 2, grown];
  [top, high] = [top - (grown / shape - high) / 2, grown / shape];
  const scale = Math.min(1, Math.max(WIDE, HIGH * shape) / wide);
  [wide, high] = [wide * scale, high * scale];
  left = inside(left, wide, WIDE);
  top = inside(top, high, HIGH);
  held.frame = [left, top, wide, high];
  held.picture.setAttribute("viewBox", held.frame.map((number) => number.toFixed(2)).join(" "));
}

function inside(start, length, whole) {
  return length >= whole ? (whole - length) / 2 : Math.min(Math.max(start, 0), whole - length);
}

function zoom(held, by, at) {
  const [left, top, wide, high] = held.frame;
  const [x, y] = at || [left + wide / 2, top + high / 2];
  const to = Math.max(wide * by, WIDE / CLOSEST);
  const share = to / wide;
  frame(held, [x - (x - left) * share, y - (y - top) * share, to, high * share]);
  dots(held);
}

function listen(held) {
  const { picture } = held;
  const point = (event) => {
    const { left, top, width } = picture.getBoundingClientRect();
    const unit = held.frame[2] / width;
    return [held.frame[0] + (event.clientX - left) * unit, held.frame[1] + (event.clientY - top) * unit];
  };
  picture.addEventListener("wheel", (event) => (event.preventDefault(), zoom(held, event.deltaY > 0 ? 1.2 : 1 / 1.2, point(event))), { passive: false });
  let from = null;
  picture.addEventListener("pointerdown", (event) => (from = event.target.closest(".place") ? null : point(event)));
  picture.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const to = point(event);
    frame(held, [held.frame[0] - to[0] + from[0], held.frame[1] - to[1] + from[1], held.frame[2], held.frame[3]]);
  });
  picture.addEventListener("pointerup", () => from && ((from = null), dots(held)));
}

function dots(held) {
  const focused = held.marks.contains(document.activeElement) ? document.activeElement.getAttribute("data-place") : null;
  const unit = held.frame[2] / (held.element.offsetWidth || WIDE);
  const most = held.places.length ? held.places[0].events : 1;
  const { selected } = held.page.state.get();
  const marks = held.places.map((each) => mark(held, each, { unit, most, chosen: selected?.key === each.key }));
  refill(held.marks, [...marks].reverse(), names(held, unit, most));
  roving(marks);
  if (focused !== null) marks.find((each) => each.getAttribute("data-place") === focused)?.focus();
}

function radius(events, most) {
  return 5 + 15 * Math.sqrt(events / Math.max(most, 8));
}

function mark(held, { key, place, spot, tones, events }, { unit, most, chosen }) {
  const words = `${isolated(placeWords(place))}: ${count(events, "event")}, ${tones.cooperation} of cooperation, ${tones.conflict} of conflict`;
  const size = radius(events, most) * unit;
  const select = () => held.page.select({ kind: "place", key });
  return svg(
    "g",
    { class: chosen ? "place chosen" : "place", role: "button", "aria-label": words, "data-place": key, transform: `translate(${spot[0].toFixed(2)} ${spot[1].toFixed(2)})`, on: { click: select } },
    svg("title", {}, words),
    svg("circle", { class: "rim", r: size + 2 * unit }),
    slices(tones, events, size),
  );
}

function slices(tones, events, size) {
  let turn = 0;
  return Object.entries(tones).filter(([, part]) => part).map(([tone, part]) => {
    const [start, end] = [turn, turn + part / events];
    turn = end;
    if (part === events) return svg("circle", { class: `tone-${tone}`, r: size });
    const at = (share) => `${(size * Math.sin(share * TURN)).toFixed(3)} ${(-size * Math.cos(share * TURN)).toFixed(3)}`;
    return svg("path", { class: `tone-${tone}`, d: `M0 0L${at(start)}A${size} ${size} 0 ${end - start > 0.5 ? 1 : 0} 1 ${at(end)}Z` });
  });
}

/** Names of places, the busiest first, where they meet no other name, no larger dot and no edge of the window. */
function names(held, unit, most) {
  const taken = held.places.slice(0, 60).map(({ spot, events }) => {
    const size = radius(events, most) * unit;
    return [spot[0] - size, spot[1] - size, spot[0] + size, spot[1] + size];
  });
  const [left, , across] = held.frame;
  const found = [];
  for (const { place, spot, events } of held.places) {
    const text = short(place.name, 24);
    const size = radius(events, most) * unit;
    const [wide, high] = [text.length * 7.7 * unit, 15 * unit];
    const free = [
      [spot[0] - wide / 2, spot[1] + size + 3 * unit],
      [spot[0] + size + 4 * unit, spot[1] - high / 2],
      [spot[0] - size - 4 * unit - wide, spot[1] - high / 2],
      [spot[0] - wide / 2, spot[1] - size - high - 2 * unit],
    ].find(([x, y]) => (spot[0] < left || spot[0] > left + across || (x > left && x + wide < left + across)) && !taken.some((box) => x < box[2] && box[0] < x + wide && y < box[3] && box[1] < y + high));
    if (!free) continue;
    taken.push([free[0], free[1], free[0] + wide, free[1] + high]);
    found.push(svg("text", { x: free[0] + wide / 2, y: free[1] + high * 0.78, "font-size": 12.5 * unit, "stroke-width": 3.5 * unit, "aria-hidden": "true" }, text));
  }
  return found;
}
