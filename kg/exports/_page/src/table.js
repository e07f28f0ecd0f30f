/** The events as a table, for those who read rather than look. */

import { placeWords, quotesOf, what } from "./card.js";
import { whenWords } from "./days.js";
import { el, refill, told } from "./dom.js";
import { line } from "./icons.js";
import { count } from "./words.js";

const AT_ONCE = 100;
const COLUMNS = ["Day", "Who", "What", "To whom", "Sentence", "Where", "About", "Outlets"];

/** The table: `{element, update}`. */
export function table(page) {
  const element = el("div", { class: "table", tabindex: 0, role: "region", "aria-label": "Table of events" });
  return { element, update: () => update(page, element) };
}

function update(page, element) {
  const events = page.inScope();
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more", on: { click: () => grow() } });
  let shown = 0;
  const grow = () => {
    body.append(...events.slice(shown, shown + AT_ONCE).map((event) => row(page, event)));
    shown = Math.min(shown + AT_ONCE, events.length);
    more.hidden = shown === events.length;
    more.textContent = `Show more (${(events.length - shown).toLocaleString("en")} left)`;
  };
  grow();
  const head = el("thead", {}, el("tr", {}, COLUMNS.map((name) => el("th", { scope: "col" }, name))));
  refill(element, el("table", {}, el("caption", {}, `${count(events.length, "event")}, by day`), head, body), more);
}

function row(page, event) {
  const { graph } = page;
  const open = el("button", { type: "button", class: "name", on: { click: () => page.select({ kind: "event", key: event.id }) } }, what(event));
  const cells = [
    whenWords(event),
    names(graph, event.sources),
    [line(event.quad, event.stand), " ", open, event.stand === "fact" ? null : el("span", { class: `badge ${event.stand}` }, event.modality)],
    names(graph, event.targets),
    sentence(graph, event),
    event.place === undefined ? "" : told(placeWords(graph.places[event.place])),
    told(event.topics.map(([topic]) => topic).join(", ")),
    told(event.outlets.filter(Boolean).join(", ")),
  ];
  return el("tr", {}, cells.map((cell) => el("td", {}, cell)));
}

function names(graph, numbers) {
  return numbers.map((number, at) => [at ? ", " : "", told(graph.actors[number].label)]);
}

/** The first sentence that tells of an event, its trigger marked. */
export function sentence(graph, event) {
  const first = quotesOf(graph, event).find((quotes) => quotes.length);
  return first ? el("bdi", {}, first[0].map((piece, at) => (at % 2 ? el("mark", {}, piece) : piece))) : "";
}
