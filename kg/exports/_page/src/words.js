/** The words, signs and orders in which the page tells of kinds, classes, types and modalities. */

export const KINDS = {
  person: { name: "person", many: "people", shape: 0 },
  state: { name: "state", many: "states", shape: 1 },
  government: { name: "government body", many: "government bodies", shape: 2 },
  armed_group: { name: "armed group", many: "armed groups", shape: 3 },
  igo: { name: "intergovernmental body", many: "intergovernmental bodies", shape: 4 },
  party: { name: "party", many: "parties", shape: 5 },
  organisation: { name: "organisation", many: "organisations", shape: 6 },
  group: { name: "group", many: "groups", shape: 7 },
  community: { name: "community", many: "communities", shape: 8 },
};

export const QUADS = {
  "verbal-cooperation": { name: "verbal cooperation", tone: "cooperation", open: true },
  "material-cooperation": { name: "material cooperation", tone: "cooperation", open: false },
  neutral: { name: "neither", tone: "neutral", open: false },
  "verbal-conflict": { name: "verbal conflict", tone: "conflict", open: true },
  "material-conflict": { name: "material conflict", tone: "conflict", open: false },
};

export const STANDS = {
  fact: { name: "told as a fact", rank: 0 },
  ahead: { name: "planned, possible or asked for", rank: 1 },
  denied: { name: "denied", rank: 2 },
};

const STAND_OF = { actual: "fact", ongoing: "fact", denied: "denied", negated: "denied" };

/** How an event of a modality stands: as a fact, as something ahead, or as denied. */
export function standOf(modality) {
  return STAND_OF[modality] || "ahead";
}

/** A type or mode as people read it. */
export function plain(word) {
  const text = word.replaceAll("_", " ").replaceAll("-", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A number with its noun. */
export function count(number, noun, nouns = `${noun}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : nouns}`;
}

/** A text that is no longer than a number of characters; no character of two units is cut. */
export function short(text, most) {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
