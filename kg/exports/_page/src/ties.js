/** What joins two actors, or two communities: one tie for each quad class between them. */

import { QUADS, STANDS } from "./words.js";

const MANY = 2 ** 24; // more dots than a browser holds
const PLACES = Object.fromEntries(Object.keys(QUADS).map((quad, at) => [quad, at]));

/**
 * Return the ties of events, each `{low, high, quad, events, forward, backward, told, stand}`.
 *
 * `unit` gives the number of an actor's dot, or -1 where it has none; `low` and `high` are those of the two ends.
 * `forward` and `backward` count events that the lower one does to the higher and the reverse, those without a doer
 * neither. `told` sums the outlets that tell independently; `stand` is the firmest of the events.
 */
export function tiesOf(events, unit) {
  const ties = new Map();
  for (const event of events) {
    for (const pair of event.pairs) {
      const from = unit(pair[0]);
      const to = unit(pair[1]);
      if (from >= 0 && to >= 0 && from !== to) add(ties, event, from, to);
    }
  }
  return [...ties.values()];
}

function add(ties, event, from, to) {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  const number = (low * MANY + high) * 8 + PLACES[event.quad];
  let tie = ties.get(number);
  if (!tie) ties.set(number, (tie = fresh(event, low, high)));
  if (tie.events[tie.events.length - 1] !== event) enter(tie, event);
  if (!event.symmetric) tie[from === low ? "forward" : "backward"] += 1;
}

function enter(tie, event) {
  tie.events.push(event);
  tie.told += event.corroboration || 1;
  if (event.stand !== tie.stand && STANDS[event.stand].rank < STANDS[tie.stand].rank) tie.stand = event.stand;
}

function fresh({ quad, stand }, low, high) {
  return { low, high, quad, stand, events: [], forward: 0, backward: 0, told: 0 };
}

/** Return how many events each dot has in ties, by its number. */
export function weights(ties) {
  const seen = new Map();
  for (const { low, high, events } of ties) {
    seen.set(low, (seen.get(low) || 0) + events.length);
    seen.set(high, (seen.get(high) || 0) + events.length);
  }
  return seen;
}
