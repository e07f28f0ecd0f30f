/** What joins two actors, or two communities: one tie for each quad class between them. */

import { QUADS, STANDS } from "./words.js";

const MANY = 2 ** 24; // more dots than a browser holds

const PLACES = Object.fromEntries(Object.keys(QUADS).map((quad, at) => [quad, at]));

/**
 * Return the ties of events, each `{key, one, other, quad, events, forward, backward, told, stand}`.
 *
 * `unit` gives the number of an actor's dot, or -1 where it has none, and `keyOf` the key of a number. `one` has the
 * lower number; `forward` and `backward` count events that one does to the other and the reverse, those without a doer
 * neither. `told` sums the outlets that tell independently; `stand` is the firmest of the events.
 */
export function tiesOf(events, unit, keyOf) {
  const ties = new Map();
  for (const event of events) {
    for (const [source, target] of event.pairs) {
      const [from, to] = [unit(source), unit(target)];
      if (from >= 0 && to >= 0 && from !== to) add(ties, event, keyOf, from, to);
    }
  }
  return [...ties.values()];
}

function add(ties, event, keyOf, from, to) {
  const [low, high] = from < to ? [from, to] : [to, from];
  const number = (low * MANY + high) * 8 + PLACES[event.quad];
  let tie = ties.get(number);
  if (!tie) ties.set(number, (tie = fresh(event, keyOf(low), keyOf(high))));
  if (tie.events[tie.events.length - 1] !== event) {
    tie.events.push(event);
    tie.told += event.corroboration || 1;
    if (STANDS[event.stand].rank < STANDS[tie.stand].rank) tie.stand = event.stand;
  }
  if (!event.symmetric) tie[from === low ? "forward" : "backward"] += 1;
}

function fresh({ quad, stand }, one, other) {
  return { key: `${one}|${other}|${quad}`, one, other, quad, events: [], forward: 0, backward: 0, told: 0, stand };
}

/** Return how many events each dot has in ties, by its key. */
export function weights(ties) {
  const seen = new Map();
  for (const tie of ties) {
    for (const end of [tie.one, tie.other]) seen.set(end, (seen.get(end) || 0) + tie.events.length);
  }
  return seen;
}
