/** What the network shows: the busiest actors, the neighbours of one, a community, or the communities themselves. */

import { tiesOf, weights } from "./ties.js";
import { short } from "./words.js";

const FEW = 60;
const FEW_IN_NARROW = 25;
const NARROW = 640; // of a window, in pixels
export const NEIGHBOURS = 40;
const TIES = 150;
const TIES_OF_COMMUNITIES = 80;
const SOME = 1500; // the most that a community shows at once

/** How many dots a window has room for at first. */
export function few() {
  return globalThis.innerWidth < NARROW ? FEW_IN_NARROW : FEW;
}

/**
 * Return `{dots, ties, total, hidden}` for a scope: `{kind: "top" | "actor" | "community", of, all}`.
 *
 * A dot is `{key, label, kind, events, x, y}`; `total` tells how many there would be, `hidden` how many weak ties of
 * the dots are left out. Where the graph has communities, the top are these.
 */
export function choice(graph, events, scope) {
  if (scope.kind === "actor") return around(graph, events, scope);
  const kind = scope.kind === "top" && graph.communities.length > 0 ? COMMUNITIES : ACTORS;
  return ranked(graph, tiesOf(events, unitOf(graph, scope, kind)), scope, kind);
}

const ACTORS = { key: (graph, number) => graph.actors[number].id, dot: actorDot, ties: TIES };
const COMMUNITIES = { key: (graph, number) => communityKey(number), dot: communityDot, ties: TIES_OF_COMMUNITIES };

function unitOf({ actors }, scope, kind) {
  if (kind === COMMUNITIES) return (actor) => actors[actor].community ?? -1;
  return scope.kind === "community" ? (actor) => (actors[actor].community === scope.of ? actor : -1) : (actor) => actor;
}

function ranked(graph, ties, scope, kind) {
  const seen = weights(ties);
  const order = byWeight(seen);
  const most = scope.kind === "community" ? SOME : Infinity;
  const numbers = scope.all || order.length <= few() ? order.slice(0, most) : connected(order, ties);
  return drawn(graph, ties, numbers, { seen, kind, total: order.length, all: scope.all });
}

function byWeight(seen) {
  return [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map((each) => each[0]);
}

/** Return the first of an order who are joined to each other, a third of them whomever they are joined to: one whose partners are all left out tells nothing. */
function connected(order, ties) {
  const partners = new Map(order.map((number) => [number, []]));
  for (const { low, high } of ties) {
    partners.get(low).push(high);
    partners.get(high).push(low);
  }
  const most = few();
  const picked = new Set(order.slice(0, most / 3));
  const joined = (number) => partners.get(number).some((partner) => picked.has(partner));
  for (let round = 0; round < 2; round += 1) {
    for (const number of order) {
      if (picked.size >= most) break;
      if (joined(number)) picked.add(number);
    }
  }
  return order.filter((number) => picked.has(number) && joined(number));
}

function around(graph, events, scope) {
  const centre = graph.byId.get(scope.of).number;
  const all = tiesOf(events, (actor) => actor);
  const near = weights(all.filter((tie) => tie.low === centre || tie.high === centre));
  near.delete(centre);
  const order = byWeight(near);
  const numbers = [centre, ...order.slice(0, scope.all ? SOME : NEIGHBOURS)];
  return drawn(graph, all, numbers, { seen: weights(all), kind: ACTORS, total: order.length + 1, all: scope.all });
}

function drawn(graph, ties, numbers, { seen, kind, total, all }) {
  const shown = new Set(numbers);
  const between = ties.filter((tie) => shown.has(tie.low) && shown.has(tie.high));
  const kept = all ? between : strongest(between, kind.ties);
  const dots = numbers.map((number) => ({ ...kind.dot(graph, number), events: seen.get(number) || 0 }));
  return { dots, ties: kept.map((tie) => named(graph, tie, kind)), total, hidden: between.length - kept.length };
}

/** Return the strongest ties, with at least one for each dot that has any. */
function strongest(ties, most) {
  const order = [...ties].sort((a, b) => b.told - a.told);
  const met = new Set();
  return order.filter(({ low, high }, rank) => {
    const first = !met.has(low) || !met.has(high);
    met.add(low).add(high);
    return rank < most || first;
  });
}

/** A tie with the keys of its ends, `one` and `other`, and its own `key`. */
function named(graph, tie, kind) {
  const one = kind.key(graph, tie.low);
  const other = kind.key(graph, tie.high);
  return { ...tie, one, other, key: `${one}|${other}|${tie.quad}` };
}

function actorDot(graph, number) {
  const { id, label, kind, x = 0, y = 0 } = graph.actors[number];
  return { key: id, label: short(label, 28), kind, x, y };
}

function communityDot(graph, number) {
  const { label, members, x, y } = graph.communities[number];
  const text = `${short(label, 28)} +${members - 1}`;
  return { key: communityKey(number), label: text, kind: "community", members, x, y };
}

/** The key of the dot of a community. */
export function communityKey(number) {
  return `community:${number}`;
}

/** The number of the community of a key, or -1 where it is an actor's. */
export function communityOf(key) {
  return key.startsWith("community:") ? Number(key.slice(10)) : -1;
}
