/** The data of the page made ready: events know their actors, days and pairs, actors their events. */

import { dayOf } from "./days.js";
import { standOf } from "./words.js";

/** Return data of kg (see kg/exports/_told.py) with what the views ask of it; `quotes` may come later. */
export function opened(data) {
  const graph = {
    about: data.about,
    communities: data.communities || [],
    places: data.places.map((place, number) => ({ ...place, number })),
    papers: data.papers,
    quotes: data.quotes || [],
    actors: data.actors.map((actor, number) => ({ ...actor, number, events: [], vouched: [] })),
    events: [],
  };
  graph.events = data.events.map((event, number) => eventOf(event, number, graph));
  for (const event of graph.events) enter(event, graph);
  graph.byId = new Map(graph.actors.map((actor) => [actor.id, actor]));
  return graph;
}

const NONE = Object.freeze([]);

function eventOf(event, number, graph) {
  const { id, type, quad, place, judged, symmetric = false, modality = "actual", corroboration = 1, mode = "" } = event;
  const { sources = NONE, targets = NONE, voices = NONE, topics = NONE, papers = NONE } = event;
  const from = dayOf(event.first);
  return {
    id, number, type, mode, quad, modality, stand: standOf(modality), corroboration, judged, symmetric, place,
    from, to: event.last ? dayOf(event.last) : from,
    sources, targets, voices, topics, papers,
    parties: once(sources.concat(targets)),
    pairs: pairs(symmetric, sources, targets),
    outlets: once(papers.map((paper) => graph.papers[paper].outlet)),
  };
}

function once(items) {
  return items.length < 2 || (items.length === 2 && items[0] !== items[1]) ? items : [...new Set(items)];
}

function pairs(symmetric, sources, targets) {
  const found = [];
  if (symmetric) {
    const parties = once(sources.concat(targets));
    parties.forEach((one, at) => parties.slice(at + 1).forEach((other) => found.push([one, other])));
  } else {
    for (const source of sources) for (const target of targets) if (source !== target) found.push([source, target]);
  }
  return found;
}

function enter(event, graph) {
  for (const party of event.parties) graph.actors[party].events.push(event);
  for (const [voice] of event.voices) {
    const { vouched } = graph.actors[voice];
    if (vouched[vouched.length - 1] !== event) vouched.push(event);
  }
}

/** Return the data of two graphs as one: actors by id, events by id; what is new in `more` is added. */
export function joined(data, more) {
  const actors = [...data.actors];
  const places = [...data.places, ...more.places];
  const papers = [...data.papers, ...more.papers];
  const at = new Map(actors.map((actor, number) => [actor.id, number]));
  for (const actor of more.actors) if (!at.has(actor.id)) at.set(actor.id, actors.push(actor) - 1);
  const renumber = (number) => at.get(more.actors[number].id);
  const known = new Set(data.events.map((event) => event.id));
  const fresh = more.events.map((event, number) => number).filter((number) => !known.has(more.events[number].id));
  const added = fresh.map((number) => more.events[number]).map((event) => ({
    ...event,
    sources: (event.sources || []).map(renumber),
    targets: (event.targets || []).map(renumber),
    voices: (event.voices || []).map(([voice, ...more]) => [renumber(voice), ...more]),
    place: event.place === undefined ? undefined : event.place + data.places.length,
    papers: event.papers.map((paper) => paper + data.papers.length),
  }));
  const quotes = [...data.quotes, ...fresh.map((number) => more.quotes[number])];
  return { ...data, actors, places, papers, quotes, events: [...data.events, ...added] };
}
