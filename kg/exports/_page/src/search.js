/** The search for an actor: a box with a list that the keyboard goes through. */

import { el, refill, told } from "./dom.js";
import { shape } from "./icons.js";
import { kindWords } from "./selection.js";

const MOST = 8;

/** The box; `choose` is called with the id of an actor. */
export function search(page) {
  const list = el("ul", { id: "found", role: "listbox", "aria-label": "Actors found", hidden: true });
  const box = el("input", {
    id: "search",
    type: "search",
    role: "combobox",
    placeholder: "Find an actor",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": "Find an actor",
    "aria-autocomplete": "list",
    "aria-controls": "found",
    "aria-expanded": "false",
  });
  const held = { page, box, list, found: [], at: 0 };
  box.addEventListener("input", () => look(held));
  box.addEventListener("focus", () => box.value && look(held));
  box.addEventListener("blur", () => setTimeout(() => shut(held), 150));
  box.addEventListener("keydown", (event) => pressed(held, event));
  return el("div", { class: "search" }, box, list);
}

function pressed(held, event) {
  const { found } = held;
  if (event.key === "Escape") return (held.box.value ? (held.box.value = "") : held.box.blur(), shut(held), event.stopPropagation());
  if (!found.length) return undefined;
  if (event.key === "Enter") return (event.preventDefault(), take(held, found[held.at]));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return undefined;
  event.preventDefault();
  held.at = (held.at + step + found.length) % found.length;
  return list(held);
}

function look(held) {
  held.found = matches(held.page.graph, held.box.value).slice(0, MOST);
  held.at = 0;
  list(held);
}

function matches(graph, asked) {
  const text = folded(asked);
  if (!text) return [];
  const rank = (actor) => {
    const at = folded(actor.label).indexOf(text);
    return at < 0 ? 3 : at === 0 ? 0 : folded(actor.label)[at - 1] === " " ? 1 : 2;
  };
  const found = graph.actors.map((actor) => [rank(actor), actor]).filter(([place]) => place < 3);
  found.sort(([a, one], [b, other]) => a - b || other.events.length - one.events.length || one.number - other.number);
  return found.map(([, actor]) => actor);
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();
}

function list(held) {
  const { found, at, box } = held;
  const option = (actor, place) =>
    el(
      "li",
      { id: `found-${place}`, role: "option", "aria-selected": String(place === at), on: { mousedown: (event) => (event.preventDefault(), take(held, actor)) } },
      shape(actor.kind),
      told(actor.label),
      el("span", { class: "quiet small" }, kindWords(actor)),
    );
  refill(held.list, found.map(option));
  held.list.hidden = !found.length;
  box.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) box.setAttribute("aria-activedescendant", `found-${at}`);
  else box.removeAttribute("aria-activedescendant");
}

function take(held, actor) {
  held.box.value = actor.label;
  shut(held);
  held.page.find(actor.id);
}

function shut(held) {
  held.found = [];
  list(held);
}
