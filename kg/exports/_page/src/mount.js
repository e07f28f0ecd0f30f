/** The page put together: what each part shows follows from one state. */

import { communityOf } from "./choice.js";
import { dayWords } from "./days.js";
import { el, isolated, refill, told } from "./dom.js";
import { filterbar } from "./filterbar.js";
import { fitting } from "./filters.js";
import { joined, opened } from "./graph.js";
import { map } from "./map.js";
import { panel } from "./panel.js";
import { search } from "./search.js";
import { eventsOf, titleOf } from "./selection.js";
import { stage, tieWords } from "./stage.js";
import { holder, NO_FILTERS } from "./state.js";
import { strip } from "./strip.js";
import { table } from "./table.js";
import { tabs } from "./tabs.js";
import { timeline } from "./timeline.js";
import { count } from "./words.js";

/**
 * Show data of kg in an element, by default the one with the id `kg`, and return the page.
 *
 * Where the data are without quotes, `options.quotes` is a promise of them. With `options.more`, an async function that gives
 * data around the actor of an id, opening an actor brings these in.
 */
export function mount(data, options = {}) {
  const root = options.root || document.getElementById("kg");
  const state = holder({ tab: "network", filters: NO_FILTERS, scope: { kind: "top", of: null, all: false }, selected: null });
  const page = { data, graph: opened(data), state, options, root };
  Object.assign(page, questions(page), acts(page));
  page.parts = build(page);
  state.on((now, before) => changed(page, now, before));
  showTab(page, true);
  performance.mark("kg-drawn");
  afterDrawing(async () => {
    if (options.quotes) page.graph.quotes = page.data.quotes = await options.quotes;
    refreshBeside(page);
    addEventListener("resize", debounced(() => refresh(page, true), 200));
    performance.mark("kg-ready");
  });
  return page;
}

/** Call something when the picture has been drawn, so that it does not wait for what stands beside it. */
function afterDrawing(does) {
  requestAnimationFrame(() => setTimeout(does));
}

/** What parts of the page ask; answers are kept until filters, scope or data change. */
function questions(page) {
  const kept = new Map();
  const keep = (name, ask) => () => {
    if (!kept.has(name)) kept.set(name, ask());
    return kept.get(name);
  };
  const filters = () => page.state.get().filters;
  return {
    forget: () => kept.clear(),
    fits: keep("fits", () => fitting(page.graph, filters())),
    anyDay: keep("anyDay", () => fitting(page.graph, filters(), true)),
    inScope: keep("inScope", () => inScope(page)),
    tie: (key) => page.parts.stage.chosen?.ties.find((tie) => tie.key === key),
  };
}

function inScope(page) {
  const { scope } = page.state.get();
  if (scope.kind === "top") return page.fits();
  return eventsOf(page.graph, page.fits(), scope.kind === "actor" ? { kind: "actor", key: scope.of } : { kind: "community", key: `community:${scope.of}` });
}

/** What the reader can do. */
function acts(page) {
  const { state } = page;
  const select = (selected) => state.set({ selected });
  const scope = ({ kind, of = null, all = false }) => state.set({ scope: { kind, of, all } });
  const shows = (key) => page.parts.stage.chosen.dots.some((dot) => dot.key === key);
  const choose = (id) => (select({ kind: "actor", key: id }), shows(id) || scope({ kind: "actor", of: id }), page.parts.stage.reveal(id));
  return {
    select,
    scope,
    choose,
    find: (id) => (choose(id), state.get().tab === "network" && page.parts.stage.focus()),
    pick: (key) => key && (select({ kind: communityOf(key) < 0 ? "actor" : "community", key }), page.parts.stage.reveal(key)),
    pickTie: (tie, from = null) => select(turned(tie, from)),
    open: (key) => open(page, key),
    read: () => page.parts.panel.element.focus(),
    say: (words) => (page.parts.live.textContent = words),
  };
}

/** A tie as a selection; seen from one of its ends, which the arrows then start from. */
function turned({ key, one, other, quad }, from) {
  return { kind: "tie", key, quad, one: from === other ? other : one, other: from === other ? one : other };
}

async function open(page, key) {
  if (communityOf(key) >= 0) return page.scope({ kind: "community", of: communityOf(key) });
  if (page.options.more) {
    page.data = joined(page.data, await page.options.more(key));
    page.graph = opened(page.data);
    page.forget();
  }
  page.select({ kind: "actor", key });
  return page.scope({ kind: "actor", of: key });
}

function build(page) {
  const parts = {
    stage: stage(page),
    map: map(page),
    timeline: timeline(page),
    table: table(page),
    panel: panel(page),
    filters: filterbar(page),
    strip: strip(page),
    live: el("p", { class: "unseen", role: "status", "aria-live": "polite" }),
    note: el("p", { class: "note" }),
  };
  const views = {
    network: { title: "Network", element: parts.stage.element },
    map: { title: "Map", element: parts.map.element },
    timeline: { title: "Timeline", element: parts.timeline.element },
    table: { title: "Table", element: parts.table.element },
  };
  parts.tabs = tabs(views, (tab) => page.state.set({ tab }));
  refill(page.root, header(page, parts), main(parts), parts.strip.element, footer(page), parts.live);
  page.root.addEventListener("keydown", ({ key }) => key === "Escape" && page.state.get().selected && page.select(null));
  return parts;
}

function header(page, parts) {
  return el(
    "header",
    {},
    el("div", { class: "titles" }, el("h1", {}, told(page.graph.about.title)), parts.note),
    parts.tabs.bar,
    el("div", { class: "finding" }, search(page), themeButton(page)),
  );
}

function main(parts) {
  return el("main", {}, parts.filters.element, el("div", { class: "views" }, parts.tabs.panels), parts.panel.element);
}

function footer({ graph }) {
  return el("footer", { class: "made" }, told(graph.about.made_with));
}

function themeButton(page) {
  const asked = matchMedia("(prefers-color-scheme: dark)");
  const button = el("button", { type: "button", id: "theme", "aria-label": "Dark colours" }, "◐");
  const set = (dark) => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    button.setAttribute("aria-pressed", String(dark));
    page.parts?.stage.repaint();
  };
  button.addEventListener("click", () => set(document.documentElement.dataset.theme !== "dark"));
  asked.addEventListener("change", ({ matches }) => set(matches));
  set(asked.matches);
  return button;
}

function changed(page, now, before) {
  const filtered = now.filters !== before.filters;
  const moved = now.scope !== before.scope;
  if (filtered || moved) return refresh(page, still());
  if (now.tab !== before.tab) showTab(page, true);
  if (now.selected !== before.selected) selected(page, now);
  return undefined;
}

function selected(page, { selected: chosen, tab }) {
  page.parts.panel.update();
  page.parts.stage.mark();
  if (tab === "map" || tab === "timeline") page.parts[tab].update();
  if (!chosen) return page.say("Nothing selected.");
  const tie = chosen.kind === "tie" ? page.tie(chosen.key) : null;
  const events = eventsOf(page.graph, page.fits(), chosen, tie);
  return page.say(tie ? tieWords(page.graph, page.parts.stage.chosen, chosen.key) : `${titleOf(page.graph, chosen, events)}, ${count(events.length, "event")}`);
}

function refresh(page, quick) {
  page.forget();
  showTab(page, quick);
  refreshBeside(page);
}

function refreshBeside(page) {
  page.parts.note.replaceChildren(...note(page));
  page.parts.filters.update();
  page.parts.strip.update();
  page.parts.panel.update();
  page.say(`${count(page.fits().length, "event")} fit.`);
}

function showTab(page, quick) {
  const { tab } = page.state.get();
  page.parts.tabs.show(tab);
  page.parts[tab === "network" ? "stage" : tab].update(quick);
}

function note({ graph, fits }) {
  const shown = fits();
  const days = shown.filter((event) => event.from !== null).map((event) => event.from);
  const [first, last] = days.reduce(([low, high], day) => [Math.min(low, day), Math.max(high, day)], [Infinity, -Infinity]);
  const number = shown.length === graph.events.length ? count(shown.length, "event") : `${shown.length.toLocaleString("en")} of ${count(graph.events.length, "event")}`;
  const actors = new Set(shown.flatMap((event) => event.parties)).size;
  const when = days.length ? `, ${dayWords(first)} – ${dayWords(last)}` : "";
  const selection = graph.about.selection ? [el("span", { class: "quiet" }, " · ", isolated(graph.about.selection))] : [];
  return [`${number}, ${count(actors, "actor")}${when}`, ...selection];
}

function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function debounced(does, wait) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(does, wait);
  };
}
