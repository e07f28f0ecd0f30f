/** What the network shows: the busiest actors, the neighbours of one, a community, or the communities themselves. */

import { tiesOf, weights } from "./ties.js";
import { short } from "./words.js";

export const FEW = 60;
export const NEIGHBOURS = 40;
const SEEDS = 20; // of these few, the busiest, whomever they are joined to
const TIES = 150;
const TIES_OF_COMMUNITIES = 80;
const SOME = 1500; // the most that a community shows at once

/**
 * Return `{dots, ties, total, hidden}` for a scope: `{kind: "top" | "actor" | "community", of, all}`.
 *
 * A dot is `{key, label, kind, events, x, y}`; `total` tells how many there would be, `hidden` how many weak ties of
 * the dots are left out. Where the graph has communities, the top are these.
 */
export function choice(graph, events, scope) {
  if (scope.kind === "actor") return around(graph, events, scope);
  const grouped = graph.communities.length > 0;
  if (grouped && scope.kind === "top") {
    const of = (actor) => graph.actors[actor].community ?? -1;
    return ranked(graph, tiesOf(events, of, communityKey), scope, communityDot);
  }
  const inside = (actor) => (graph.actors[actor].community === scope.of ? actor : -1);
  const unit = scope.kind === "community" ? inside : (actor) => actor;
  return ranked(graph, tiesOf(events, unit, idOf(graph)), scope, actorDot);
}

function ranked(graph, ties, scope, dotOf) {
  const seen = weights(ties);
  const order = [...seen.keys()].sort((a, b) => seen.get(b) - seen.get(a) || (a < b ? -1 : 1));
  const most = scope.kind === "community" ? SOME : Infinity;
  const keys = scope.all || order.length <= FEW ? order.slice(0, most) : connected(order, ties);
  return drawn(graph, ties, keys, { seen, dotOf, total: order.length, all: scope.all });
}

/** Return the first of an order who are joined to each other: one whose partners are all left out tells nothing. */
function connected(order, ties) {
  const partners = new Map(order.map((key) => [key, []]));
  for (const { one, other } of ties) (partners.get(one).push(other), partners.get(other).push(one));
  const picked = new Set(order.slice(0, SEEDS));
  for (const key of [...order, ...order]) {
    if (picked.size >= FEW) break;
    if (partners.get(key).some((partner) => picked.has(partner))) picked.add(key);
  }
  return order.filter((key) => picked.has(key) && partners.get(key).some((partner) => picked.has(partner)));
}

function around(graph, events, scope) {
  const centre = graph.byId.get(scope.of);
  const all = tiesOf(events, (actor) => actor, idOf(graph));
  const seen = weights(all.filter((tie) => tie.one === centre.id || tie.other === centre.id));
  seen.delete(centre.id);
  const order = [...seen.keys()].sort((a, b) => seen.get(b) - seen.get(a) || (a < b ? -1 : 1));
  const keys = [centre.id, ...order.slice(0, scope.all ? SOME : NEIGHBOURS)];
  return drawn(graph, all, keys, { seen: weights(all), dotOf: actorDot, total: order.length + 1, all: scope.all });
}

function drawn(graph, ties, keys, { seen, dotOf, total, all }) {
  const shown = new Set(keys);
  const between = ties.filter((tie) => shown.has(tie.one) && shown.has(tie.other));
  const kept = all ? between : strongest(between, dotOf === communityDot ? TIES_OF_COMMUNITIES : TIES);
  const dots = keys.map((key) => ({ ...dotOf(graph, key), events: seen.get(key) || 0 }));
  return { dots, ties: kept, total, hidden: between.length - kept.length };
}

/** Return the strongest ties, with at least one for each dot that has any. */
function strongest(ties, most) {
  const order = [...ties].sort((a, b) => b.told - a.told || (a.key < b.key ? -1 : 1));
  const met = new Set();
  return order.filter((tie, rank) => {
    const first = !met.has(tie.one) || !met.has(tie.other);
    met.add(tie.one).add(tie.other);
    return rank < most || first;
  });
}

function actorDot(graph, id) {
  const { label, kind, x = 0, y = 0 } = graph.byId.get(id);
  return { key: id, label: short(label, 28), kind, x, y };
}

function idOf(graph) {
  return (number) => graph.actors[number].id;
}

function communityDot(graph, key) {
  const { label, members, x, y } = graph.communities[communityOf(key)];
  return { key, label: `${short(label, 28)} +${members - 1}`, kind: "community", members, x, y };
}

/** The key of the dot of a community. */
export function communityKey(number) {
  return `community:${number}`;
}

/** The number of the community of a key, or -1 where it is an actor's. */
export function communityOf(key) {
  return key.startsWith("community:") ? Number(key.slice(10)) : -1;
}
