/** What joins two actors, or two communities: one tie for each quad class between them. */

import { STANDS } from "./words.js";

/**
 * Return the ties of events, each `{key, one, other, quad, events, forward, backward, told, stand}`.
 *
 * `unit` gives the key of an actor's dot, or null where it has none. `one` is before `other` in the order of text;
 * `forward` and `backward` count events that one does to the other and the reverse, those without a doer neither.
 * `told` sums the outlets that tell independently; `stand` is the firmest of the events.
 */
export function tiesOf(events, unit) {
  const ties = new Map();
  for (const event of events) {
    for (const [source, target] of event.pairs) {
      const [from, to] = [unit(source), unit(target)];
      if (from !== null && to !== null && from !== to) add(ties, event, from, to);
    }
  }
  return [...ties.values()];
}

function add(ties, event, from, to) {
  const [one, other] = from < to ? [from, to] : [to, from];
  const key = `${one}|${other}|${event.quad}`;
  let tie = ties.get(key);
  if (!tie) {
    tie = { key, one, other, quad: event.quad, events: [], forward: 0, backward: 0, told: 0, stand: event.stand };
    ties.set(key, tie);
  }
  if (tie.events[tie.events.length - 1] !== event) {
    tie.events.push(event);
    tie.told += Math.max(event.corroboration, 1);
    if (STANDS[event.stand].rank < STANDS[tie.stand].rank) tie.stand = event.stand;
  }
  if (!event.symmetric) tie[from === one ? "forward" : "backward"] += 1;
}

/** Return how many events each dot has in ties, by its key. */
export function weights(ties) {
  const seen = new Map();
  for (const tie of ties) {
    for (const end of [tie.one, tie.other]) seen.set(end, (seen.get(end) || 0) + tie.events.length);
  }
  return seen;
}
