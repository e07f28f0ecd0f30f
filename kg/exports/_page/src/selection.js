/** What is selected - an actor, a tie, a community, a place, a stretch of days, an event - and the events behind it. */

import { whenWords } from "./days.js";
import { isolated } from "./dom.js";
import { KINDS, QUADS, plain } from "./words.js";
import { communityOf } from "./choice.js";
import { placeWords, what } from "./card.js";

/** Return the events of a selection among those that fit, in their order. */
export function eventsOf(graph, fits, selected, tie) {
  switch (selected.kind) {
    case "actor": {
      const own = graph.byId.get(selected.key);
      return own ? fits.filter((event) => event.parties.includes(own.number)) : [];
    }
    case "tie":
      return tie ? tie.events : [];
    case "community":
      return fits.filter((event) => event.parties.some((party) => graph.actors[party].community === communityOf(selected.key)));
    case "place":
      return fits.filter((event) => event.place !== undefined && placeKey(graph.places[event.place]) === selected.key);
    case "days":
      return fits.filter((event) => event.type === selected.type && event.from !== null && event.from >= selected.from && event.from <= selected.to);
    default:
      return graph.events.filter((event) => event.id === selected.key);
  }
}

/** The events that somebody vouches for, among those that fit. */
export function vouchedOf(graph, fits, key) {
  const own = graph.byId.get(key);
  if (!own || !own.vouched.length) return [];
  const fit = new Set(fits);
  return own.vouched.filter((event) => fit.has(event));
}

/** A place by its name and where it lies: the same of several articles is one. */
export function placeKey({ name, country, lat, lon }) {
  return [name, country, lat, lon].join("|");
}

/** What a selection is called. */
export function titleOf(graph, selected, events) {
  const label = (key) => isolated(communityOf(key) < 0 ? graph.byId.get(key).label : graph.communities[communityOf(key)].label);
  switch (selected.kind) {
    case "actor":
      return label(selected.key);
    case "community":
      return `Around ${label(selected.key)}`;
    case "tie":
      return `${label(selected.one)} – ${label(selected.other)}: ${QUADS[selected.quad].name}`;
    case "place": {
      const place = events.length ? graph.places[events[0].place] : null;
      return place ? isolated(placeWords(place)) : "Place";
    }
    case "days":
      return `${plain(selected.type)}, ${selected.name}`;
    default:
      return events.length ? `${what(events[0])}, ${whenWords(events[0])}` : "Event";
  }
}

/** The kind of an actor with its country, as people read it. */
export function kindWords({ kind, country, label }) {
  return country && country !== label ? `${KINDS[kind].name}, ${country}` : KINDS[kind].name;
}
