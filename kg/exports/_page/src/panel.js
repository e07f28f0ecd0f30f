/** The panel beside the pictures: the events of what is selected, or where to begin. */

import { actorButton, card } from "./card.js";
import { communityOf } from "./choice.js";
import { el, link, refill, told } from "./dom.js";
import { shape } from "./icons.js";
import { eventsOf, kindWords, titleOf, vouchedOf } from "./selection.js";
import { count } from "./words.js";

const AT_ONCE = 30;
const FIRST = 12;

/** The panel: `{element, update}`. */
export function panel(page) {
  const element = el("aside", { class: "panel", "aria-label": "Evidence", tabindex: -1 });
  return { element, update: () => (update(page, element), (element.scrollTop = 0)) };
}

function update(page, element) {
  const { selected } = page.state.get();
  if (!selected) return refill(element, beginning(page));
  const events = eventsOf(page.graph, page.fits(), selected, page.tie(selected.key));
  return refill(
    element,
    el("div", { class: "panel-head" }, title(page, selected, events), close(page)),
    about(page, selected, events),
    cards(page, events, noEvents(selected)),
    selected.kind === "actor" ? vouched(page, selected.key) : null,
  );
}

function title(page, selected, events) {
  const actor = selected.kind === "actor" ? page.graph.byId.get(selected.key) : null;
  const text = titleOf(page.graph, selected, events);
  return el("h2", { id: "selected" }, actor ? [shape(actor.kind), told(actor.label)] : text);
}

function close(page) {
  return el("button", { type: "button", class: "plain", "aria-label": "Close the selection", on: { click: () => page.select(null) } }, "×");
}

function noEvents({ kind }) {
  return kind === "actor" ? "No event of this actor fits the filters." : "No event fits the filters.";
}

function about(page, selected, events) {
  if (selected.kind === "actor") return aboutActor(page, page.graph.byId.get(selected.key), events);
  if (selected.kind === "community") return aboutCommunity(page, selected, events);
  return el("p", { class: "quiet" }, count(events.length, "event"));
}

function aboutActor(page, actor, events) {
  const id = /^Q\d+$/.test(actor.qid || "") ? [" · ", link(`https://www.wikidata.org/wiki/${actor.qid}`, actor.qid)] : null;
  const alone = page.state.get().scope.kind === "actor" && page.state.get().scope.of === actor.id;
  return [
    el("p", { class: "quiet" }, kindWords(actor), id, ` · ${count(events.length, "event")}`),
    el(
      "p",
      { class: "actions" },
      alone
        ? el("button", { type: "button", on: { click: () => page.scope({ kind: "top" }) } }, "Back to the whole picture")
        : el("button", { type: "button", on: { click: () => page.open(actor.id) } }, "Show only this actor’s circle"),
    ),
    partners(page, actor, events),
  ];
}

function partners(page, actor, events) {
  const met = new Map();
  for (const event of events) for (const pair of event.pairs) meet(met, pair, actor.number);
  const order = [...met].sort(([a, m], [b, n]) => n - m || a - b).slice(0, 8);
  if (!order.length) return null;
  const chips = order.map(([number, times]) => el("li", {}, actorButton(page.graph.actors[number], page.choose), ` ${times}`));
  return el("ul", { class: "chips", "aria-label": "With whom" }, chips);
}

function meet(met, pair, own) {
  if (!pair.includes(own)) return;
  const other = pair[0] === own ? pair[1] : pair[0];
  met.set(other, (met.get(other) || 0) + 1);
}

function aboutCommunity(page, selected, events) {
  const number = communityOf(selected.key);
  const members = page.graph.actors.filter((actor) => actor.community === number);
  const first = [...members].sort((a, b) => b.events.length - a.events.length || a.number - b.number).slice(0, FIRST);
  return [
    el("p", { class: "quiet" }, `${count(members.length, "actor")} who have most to do with each other · ${count(events.length, "event")}`),
    el("p", { class: "actions" }, el("button", { type: "button", on: { click: () => page.scope({ kind: "community", of: number }) } }, "Open this community")),
    el("ul", { class: "chips", "aria-label": "Its busiest members" }, first.map((actor) => el("li", {}, actorButton(actor, page.choose), ` ${actor.events.length}`))),
  ];
}

function vouched(page, key) {
  const events = vouchedOf(page.graph, page.fits(), key);
  if (!events.length) return null;
  return el("section", {}, el("h2", { class: "part" }, `Vouches for ${count(events.length, "event")}`), cards(page, events, ""));
}

/** Cards of events, some at a time. */
function cards(page, events, none) {
  if (!events.length) return none ? el("p", {}, none) : null;
  const list = el("div", { class: "cards" });
  const more = el("button", { type: "button", class: "more", on: { click: () => grow() } });
  let shown = 0;
  const grow = () => {
    list.append(...events.slice(shown, shown + AT_ONCE).map((event) => card(page.graph, event, page.choose)));
    shown = Math.min(shown + AT_ONCE, events.length);
    more.hidden = shown === events.length;
    more.textContent = `Show more (${events.length - shown} left)`;
  };
  grow();
  return [list, more];
}

function beginning(page) {
  const fits = page.fits();
  const busiest = busy(page.graph, fits).slice(0, FIRST);
  const sure = [...fits].filter((event) => event.corroboration > 1).sort((a, b) => b.corroboration - a.corroboration || a.number - b.number).slice(0, 5);
  return [
    el("h2", {}, "Where to begin"),
    el("p", {}, "Press a dot to see what an actor did, or a line to see what happened between two. Each event leads to the sentence that tells of it."),
    el("h3", {}, "Busiest actors"),
    busiest.length ? el("ol", { class: "ranks" }, busiest.map(([actor, events]) => rank(page, actor, events, busiest[0][1]))) : el("p", {}, "No event fits the filters."),
    sure.length ? [el("h3", {}, "Told by most outlets"), el("div", { class: "cards" }, sure.map((event) => card(page.graph, event, page.choose)))] : null,
  ];
}

function busy(graph, fits) {
  const seen = new Map();
  for (const event of fits) for (const party of event.parties) seen.set(party, (seen.get(party) || 0) + 1);
  const order = [...seen].sort(([a, m], [b, n]) => n - m || a - b);
  return order.map(([number, events]) => [graph.actors[number], events]);
}

function rank(page, actor, events, most) {
  const bar = el("meter", { min: 0, max: most, "aria-label": "events" });
  bar.value = events;
  return el("li", {}, shape(actor.kind), actorButton(actor, page.choose), bar, el("span", { class: "number" }, String(events)));
}
