/** The filters, which are the legend too: what is drawn how, and how many events are of it. */

import { toggled } from "./filters.js";
import { el, refill } from "./dom.js";
import { line, shape } from "./icons.js";
import { NO_FILTERS } from "./state.js";
import { KINDS, QUADS, count, plain, standOf } from "./words.js";

const TONES = { all: "All", cooperation: "Cooperation", conflict: "Conflict" };

/** The filters: `{element, update}`; `update` shows what is set. */
export function filterbar(page) {
  const element = el("form", { class: "filters", "aria-label": "Filters and legend", on: { submit: (event) => event.preventDefault() } });
  return { element, update: () => update(page, element) };
}

function update(page, element) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  const open = element.querySelector("details")?.open || false;
  const { filters } = page.state.get();
  const set = (changed) => page.state.set({ filters: changed });
  refill(
    element,
    tones(filters, set),
    group("Between two actors", "quads", quadRows(page.graph), { filters, set }),
    group("Modality", "modalities", modalityRows(page.graph), { filters, set }),
    group("Kinds of actor", "kinds", kindRows(page.graph), { filters, set }),
    el("details", { open }, el("summary", { id: "types" }, "Types of event"), group("Types of event", "types", typeRows(page.graph), { filters, set, bare: true })),
    outlets(page.graph, filters, set),
    least(page.graph, filters, set),
    el("button", { type: "button", id: "reset", disabled: filters === NO_FILTERS, on: { click: () => set(NO_FILTERS) } }, "Clear all filters"),
  );
  if (focused) element.querySelector(`#${CSS.escape(focused)}`)?.focus();
}

function tones(filters, set) {
  const without = { all: [], cooperation: quadsBut("cooperation"), conflict: quadsBut("conflict") };
  const same = (one, other) => one.length === other.length && one.every((each) => other.includes(each));
  const button = (tone) =>
    el(
      "button",
      {
        type: "button",
        id: `tone-${tone}`,
        "aria-pressed": String(same(filters.quads, without[tone])),
        on: { click: () => set({ ...filters, quads: without[tone] }) },
      },
      TONES[tone],
    );
  return el("div", { class: "segments", role: "group", "aria-label": "Cooperation or conflict" }, Object.keys(TONES).map(button));
}

function quadsBut(tone) {
  return Object.keys(QUADS).filter((quad) => QUADS[quad].tone !== tone);
}

function group(name, list, rows, { filters, set, bare }) {
  if (!rows.length) return null;
  const row = ({ value, sign, text, events }) =>
    el(
      "label",
      {},
      el("input", {
        type: "checkbox",
        id: `${list}-${value}`,
        checked: !filters[list].includes(value),
        on: { change: ({ target }) => set(toggled(filters, list, value, target.checked)) },
      }),
      sign || null,
      el("span", { class: "text" }, text),
      el("span", { class: "number" }, events.toLocaleString("en")),
    );
  return el("fieldset", {}, el("legend", { class: bare ? "unseen" : null }, name), rows.map(row));
}

function tally(items) {
  const seen = new Map();
  for (const item of items) seen.set(item, (seen.get(item) || 0) + 1);
  return seen;
}

function quadRows(graph) {
  const seen = tally(graph.events.map((event) => event.quad));
  return Object.entries(QUADS)
    .filter(([quad]) => seen.has(quad))
    .map(([quad, { name }]) => ({ value: quad, sign: line(quad), text: plain(name), events: seen.get(quad) }));
}

function modalityRows(graph) {
  const seen = tally(graph.events.map((event) => event.modality));
  const order = ["actual", "ongoing", "planned", "possible", "requested", "conditional", "denied", "negated"];
  const rows = order.filter((modality) => seen.has(modality));
  return rows.map((modality) => ({
    value: modality,
    sign: line("neutral", standOf(modality)),
    text: plain(modality),
    events: seen.get(modality),
  }));
}

function kindRows(graph) {
  const seen = tally(graph.actors.filter((actor) => actor.events.length).map((actor) => actor.kind));
  return Object.keys(KINDS)
    .filter((kind) => seen.has(kind))
    .map((kind) => ({ value: kind, sign: shape(kind), text: plain(KINDS[kind].many), events: seen.get(kind) }));
}

function typeRows(graph) {
  const seen = tally(graph.events.map((event) => event.type));
  const order = [...seen.keys()].sort((a, b) => seen.get(b) - seen.get(a) || (a < b ? -1 : 1));
  return order.map((type) => ({ value: type, text: plain(type), events: seen.get(type) }));
}

function outlets(graph, filters, set) {
  const names = [...new Set(graph.papers.map((paper) => paper.outlet).filter(Boolean))].sort();
  const options = names.map((name) => el("option", { value: name, selected: filters.outlet === name }, name));
  const change = ({ target }) => set({ ...filters, outlet: target.value });
  return el("label", { class: "field" }, "Outlet", el("select", { id: "outlet", on: { change } }, el("option", { value: "" }, "any"), options));
}

function least(graph, filters, set) {
  const most = Math.min(graph.events.reduce((high, event) => Math.max(high, event.corroboration), 1), 9);
  if (most < 2) return null;
  const numbers = Array.from({ length: most }, (_, at) => at + 1);
  const options = numbers.map((number) => el("option", { value: String(number), selected: filters.least === number }, count(number, "outlet")));
  const change = ({ target }) => set({ ...filters, least: Number(target.value) });
  return el("label", { class: "field" }, "Told by at least", el("select", { id: "least", on: { change } }, options));
}

/** What the filters leave out in short, for the line above the pictures. */
export function filterWords(filters) {
  const left = ["types", "quads", "modalities", "kinds"].reduce((sum, list) => sum + filters[list].length, 0);
  return left || filters.outlet || filters.least > 1 || filters.from !== null || filters.to !== null;
}

