/** The view of the network: the picture, what it shows in words, the buttons over it and a hint at the pointer. */

import { communityOf, choice } from "./choice.js";
import { el, isolated, refill } from "./dom.js";
import { keys } from "./keys.js";
import { network } from "./network.js";
import { printing } from "./paper.js";
import { kindWords } from "./selection.js";
import { QUADS, STANDS, count } from "./words.js";

const HELP =
  "Arrow keys go from an actor to its neighbours, t to its lines, Enter to the evidence, o shows an actor’s circle, " +
  "plus and minus zoom, 0 shows all, Escape lets go. The table tab holds the same events as text.";

/** The view: `{element, update, mark, net}`; `net` is null where the browser draws no WebGL. */
export function stage(page) {
  const picture = el("div", { class: "picture", role: "application", tabindex: 0, "aria-label": "Network of actors", "aria-describedby": "network-keys" });
  const crumbs = el("div", { class: "crumbs" });
  const hint = el("div", { class: "hint", hidden: true });
  const copy = el("div", { class: "on-paper", "aria-hidden": "true" });
  const held = { page, picture, crumbs, hint, copy, net: null, chosen: null, failed: false };
  const element = el("div", { class: "stage" }, picture, crumbs, tools(held), hint, copy, el("p", { id: "network-keys", class: "unseen" }, HELP));
  picture.addEventListener("pointermove", ({ offsetX, offsetY }) => Object.assign(hint.style, { left: `${offsetX + 14}px`, top: `${offsetY + 14}px` }));
  return {
    element,
    update: (still) => update(held, still),
    mark: () => mark(held),
    repaint: () => held.net?.repaint(),
    reveal: (key) => held.net?.reveal(key),
    focus: () => picture.focus(),
    get net() {
      return held.net;
    },
    get chosen() {
      return held.chosen;
    },
  };
}

function update(held, still) {
  const { page } = held;
  const { scope } = page.state.get();
  held.chosen = { ...choice(page.graph, page.fits(), scope), scope };
  refill(held.crumbs, crumbs(held));
  if (held.picture.offsetWidth && !held.net && !held.failed) begin(held);
  if (!held.net) return;
  held.net.show(held.chosen, still);
  mark(held);
}

function begin(held) {
  const { page } = held;
  const on = {
    dot: (key) => page.pick(key),
    tie: (key) => page.pickTie(held.chosen.ties.find((tie) => tie.key === key)),
    open: (key) => page.open(key),
    hover: (key, kind) => hover(held, key, kind),
    stage: () => page.select(null),
  };
  try {
    held.net = network(held.picture, on);
  } catch (error) {
    held.failed = true;
    refill(held.picture, el("p", { class: "failed" }, `This browser does not draw the network (${error.message.slice(0, 80)}). The other tabs show the same events.`));
    return;
  }
  keys(held.picture, held.net, page);
  printing(held.copy, held.net);
}

function mark({ net, page }) {
  const { selected } = page.state.get();
  if (net) net.mark(selected ? selected.key : null);
}

function crumbs({ page, chosen }) {
  const { scope } = page.state.get();
  const { dots, total, hidden, ties } = chosen;
  const button = (id, text, part) => el("button", { type: "button", id, on: { click: () => page.scope({ ...scope, ...part }) } }, text);
  const noun = page.graph.communities.length && scope.kind === "top" ? ["community", "communities"] : ["actor", "actors"];
  return [
    scope.kind === "top" ? null : el("button", { type: "button", id: "back", on: { click: () => page.scope({ kind: "top" }) } }, "‹ Whole picture"),
    el("span", {}, scopeWords(page.graph, scope), total ? `${dots.length.toLocaleString("en")} of ${count(total, ...noun)}` : "No two actors are joined by events that fit"),
    hidden ? el("span", { class: "quiet" }, `${count(ties.length, "line")}, ${hidden} weaker ones left out`) : null,
    scope.all ? button("show-few", "Show fewer", { all: false }) : dots.length < total || hidden ? button("show-all", `Show all ${total.toLocaleString("en")}`, { all: true }) : null,
  ];
}

function scopeWords(graph, scope) {
  if (scope.kind === "actor") return `Circle of ${isolated(graph.byId.get(scope.of).label)}: `;
  return scope.kind === "community" ? `Around ${isolated(graph.communities[scope.of].label)}: ` : "";
}

function tools(held) {
  const button = (sign, name, does) => el("button", { type: "button", "aria-label": name, title: name, on: { click: () => held.net && does(held.net) } }, sign);
  return el(
    "div",
    { class: "tools", role: "group", "aria-label": "Network" },
    button("+", "Closer", (net) => net.zoom(0.7)),
    button("−", "Farther", (net) => net.zoom(1 / 0.7)),
    button("⤢", "Whole picture", (net) => net.fit()),
  );
}

function hover({ hint, page, chosen }, key, kind) {
  hint.hidden = !key;
  if (key) hint.textContent = kind === "dot" ? dotWords(page.graph, chosen, key) : tieWords(page.graph, chosen, key);
}

function dotWords(graph, { dots }, key) {
  const { events, label } = dots.find((dot) => dot.key === key);
  if (communityOf(key) >= 0) return `${isolated(label)}: double-click to open`;
  const actor = graph.byId.get(key);
  return `${isolated(actor.label)} · ${kindWords(actor)} · ${count(actor.events.length || events, "event")}`;
}

/** A tie in words: between whom, of which class, how many events, how it stands. */
export function tieWords(graph, { ties }, key) {
  const tie = ties.find((each) => each.key === key);
  const label = (end) => isolated(communityOf(end) < 0 ? graph.byId.get(end).label : graph.communities[communityOf(end)].label);
  const sign = tie.forward && tie.backward ? "↔" : tie.forward ? "→" : tie.backward ? "←" : "–";
  const stand = tie.stand === "fact" ? "" : `, ${STANDS[tie.stand].name}`;
  return `${label(tie.one)} ${sign} ${label(tie.other)} · ${QUADS[tie.quad].name} · ${count(tie.events.length, "event")}${stand}`;
}
