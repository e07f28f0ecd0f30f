/** The data of the page made ready: events know their actors, days and pairs, actors their events. */

import { dayOf } from "./days.js";
import { standOf } from "./words.js";

/** Return data of kg (see kg/exports/_told.py) with what the views ask of it. */
export function opened(data) {
  const graph = {
    about: data.about,
    communities: data.communities || [],
    places: data.places.map((place, number) => ({ ...place, number })),
    papers: data.papers,
    actors: data.actors.map((actor, number) => ({ ...actor, number, events: [], vouched: [] })),
    events: [],
  };
  graph.events = data.events.map((event, number) => eventOf(event, number, graph));
  for (const event of graph.events) enter(event, graph);
  graph.byId = new Map(graph.actors.map((actor) => [actor.id, actor]));
  return graph;
}

function eventOf(event, number, graph) {
  const { modality = "actual", corroboration = 1, sources = [], targets = [], voices = [], topics = [], tellings = [], mode = "" } = event;
  const told = { ...event, modality, corroboration, sources, targets, voices, topics, tellings, mode, number };
  told.from = dayOf(event.first);
  told.to = dayOf(event.last || event.first);
  told.stand = standOf(modality);
  told.parties = [...new Set([...sources, ...targets])];
  told.pairs = pairs(told);
  told.outlets = [...new Set(tellings.map((telling) => graph.papers[telling.paper].outlet))];
  return told;
}

function pairs(event) {
  const found = [];
  if (event.symmetric) {
    const { parties } = event;
    parties.forEach((one, at) => parties.slice(at + 1).forEach((other) => found.push([one, other])));
  } else {
    for (const source of event.sources) for (const target of event.targets) found.push([source, target]);
  }
  return found.filter(([one, other]) => one !== other);
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
  const added = more.events.filter((event) => !known.has(event.id)).map((event) => ({
    ...event,
    sources: (event.sources || []).map(renumber),
    targets: (event.targets || []).map(renumber),
    voices: (event.voices || []).map(([voice, stance]) => [renumber(voice), stance]),
    place: event.place === undefined ? undefined : event.place + data.places.length,
    tellings: event.tellings.map((telling) => ({ ...telling, paper: telling.paper + data.papers.length })),
  }));
  return { ...data, actors, places, papers, events: [...data.events, ...added] };
}
