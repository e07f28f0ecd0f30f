/** How dots and ties look: sizes, colours of the theme, patterns. */

import { KINDS, QUADS } from "./words.js";

const APART = 0.3;
const BOW = 0.07;

/** Return the colours of the theme that an element has, by the names of its custom properties. */
export function theme(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour("ink"),
    paper: colour("stage"),
    kinds: Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, colour(`kind-${kind}`)])),
    rims: Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, colour(`rim-${kind}`)])),
    tones: Object.fromEntries(["cooperation", "conflict", "neutral"].map((tone) => [tone, colour(`tone-${tone}`)])),
  };
}

/** Return a colour of six hex digits with a share of opacity. */
export function faded(colour, share) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${share})`;
}

/** The radius of a dot in pixels: by its events, that of a community by its members. */
export function sizeOf({ events, members }, crowd) {
  return Math.min(members ? 6 + 0.75 * Math.sqrt(members) : 5 + 2.1 * Math.sqrt(events), 24) * thin(crowd);
}

/** The width of a tie in pixels, by how many outlets tell of its events independently; `most` is the most of any tie. */
export function widthOf(tie, most, crowd) {
  const width = 1.7 + (5.3 * Math.log2(tie.told)) / Math.max(Math.log2(most), 4.6);
  return (QUADS[tie.quad].open ? Math.max(width + 1, 3.4) : width) * thin(crowd);
}

function thin(crowd) {
  return crowd > 1000 ? 0.4 : crowd > 300 ? 0.55 : crowd > 90 ? 0.8 : 1;
}

/** How many pixels a tie has at either side for its teeth and heads, and its opacity: less of both in a crowd. */
export function roomOf(crowd) {
  return crowd > 300 ? { room: 2.4, opacity: crowd > 1000 ? 0.3 : 0.45 } : { room: 6, opacity: 0.72 };
}

/** What a tie looks like without its colour: jagged, rails, dashed, crossed; each 0 or 1. */
export function lookOf({ quad, stand }) {
  const { tone, open } = QUADS[quad];
  return [tone === "conflict" ? 1 : 0, open ? 1 : 0, stand === "ahead" ? 1 : 0, stand === "denied" ? 1 : 0];
}

/** Return how far each tie bows, by its key: ties of the same two stand apart. */
export function bends(ties) {
  const order = Object.keys(QUADS);
  const pairs = new Map();
  for (const tie of ties) {
    const pair = `${tie.one}|${tie.other}`;
    pairs.set(pair, [...(pairs.get(pair) || []), tie]);
  }
  const found = new Map();
  for (const pair of pairs.values()) {
    pair.sort((a, b) => order.indexOf(a.quad) - order.indexOf(b.quad));
    const bow = (at) => (pair.length === 1 ? BOW : (at - (pair.length - 1) / 2) * APART);
    pair.forEach((tie, at) => found.set(tie.key, bow(at)));
  }
  return found;
}
