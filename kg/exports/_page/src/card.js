/** An event as the panel tells it: who did what to whom, when, where, about what, according to whom, in which words. */

import { dayOf, dayWords, whenWords } from "./days.js";
import { el, link, told } from "./dom.js";
import { line } from "./icons.js";
import { count, plain } from "./words.js";

/** The card of an event; `choose` is called with the id of an actor whose name is pressed. */
export function card(graph, event, choose) {
  const name = (number) => actorButton(graph.actors[number], choose);
  return el(
    "article",
    { class: `event tone-${event.quad}`, "data-event": event.id },
    el("h3", {}, heading(event, name)),
    el("p", { class: "what" }, line(event.quad, event.stand), el("strong", {}, what(event)), badge(event)),
    el("p", { class: "when" }, whenWords(event), event.place === undefined ? null : [" · ", told(placeWords(graph.places[event.place]))]),
    event.topics.length ? el("p", {}, el("span", { class: "quiet" }, "About "), listed(event.topics.map(([topic, by]) => [told(topic), aside(shareOf(event, by))]))) : null,
    event.voices.length ? el("p", {}, el("span", { class: "quiet" }, "According to "), listed(voices(event, name))) : null,
    event.papers.map((paper, at) => evidence(graph.papers[paper], quotesOf(graph, event)[at])),
    el("p", { class: "quiet small" }, `${count(Math.max(event.corroboration, 1), "outlet")} ${event.corroboration > 1 ? "tell of the event independently" : "tells of the event"}`, event.judged ? [" · ", told(event.judged)] : null),
  );
}

/** A name to press. */
export function actorButton(actor, choose) {
  return el("button", { type: "button", class: "name", on: { click: () => choose(actor.id) } }, told(actor.label));
}

/** The sentences of each paper that tells of an event; none as long as the page has not read them. */
export function quotesOf(graph, { number, papers }) {
  return graph.quotes[number] || papers.map(() => []);
}

/** What an event is: its type and mode. */
export function what(event) {
  return plain(event.type) + (event.mode ? ` · ${plain(event.mode).toLowerCase()}` : "");
}

/** A place with its country. */
export function placeWords({ name, country }) {
  return country && country !== name ? `${name}, ${country}` : name;
}

function heading({ symmetric, sources, targets, parties }, name) {
  if (symmetric) return joinedBy(parties.map(name), " – ");
  const to = targets.length ? [el("span", { class: "arrow", "aria-label": "to", role: "img" }, " → "), listed(targets.map(name))] : [];
  return [sources.length ? listed(sources.map(name)) : el("span", { class: "quiet" }, "somebody"), to];
}

function badge({ modality, stand }) {
  return stand === "fact" && modality === "actual" ? null : el("span", { class: `badge ${stand}` }, modality);
}

function voices(event, name) {
  return event.voices.map(([voice, stance, by]) => [name(voice), aside(stance === "asserts" ? "" : stance, shareOf(event, by))]);
}

/** How many of the outlets that tell of an event tell something of it; empty where all do. */
function shareOf(event, by) {
  return by === undefined ? "" : `${by} of ${event.corroboration} outlets`;
}

function aside(...words) {
  const inside = words.filter(Boolean).join(", ");
  return inside ? el("span", { class: "quiet" }, ` (${inside})`) : null;
}

function listed(items) {
  return joinedBy(items, ", ");
}

function joinedBy(items, sign) {
  return items.map((item, at) => (at ? [sign, item] : item));
}

function evidence(paper, quotes) {
  const day = dayOf(paper.published);
  return el(
    "blockquote",
    {},
    quotes.map((pieces) => el("p", { dir: "auto" }, pieces.map((piece, at) => (at % 2 ? el("mark", {}, piece) : piece)))),
    el(
      "footer",
      {},
      el("cite", {}, told(paper.outlet || "Outlet unknown")),
      paper.headline || paper.url ? [" · ", link(paper.url, paper.headline || paper.url)] : null,
      day === null ? null : ` · ${dayWords(day)}`,
      paper.copy ? " · near copy of another article" : null,
    ),
  );
}
