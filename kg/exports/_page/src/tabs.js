/** Tabs over the pictures; the arrows go from tab to tab. */

import { el } from "./dom.js";

/** `{bar, panels, show}` for views by name, each `{title, element}`; `choose` is called with a name. */
export function tabs(views, choose) {
  const names = Object.keys(views);
  const tab = (name) =>
    el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `view-${name}`, on: { click: () => choose(name), keydown } }, views[name].title);
  const keydown = (event) => {
    const at = names.findIndex((name) => event.target.id === `tab-${name}`);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const name = names[(to + names.length) % names.length];
    choose(name);
    buttons[name].focus();
  };
  const buttons = Object.fromEntries(names.map((name) => [name, tab(name)]));
  const panels = Object.fromEntries(
    names.map((name) => [name, el("div", { role: "tabpanel", id: `view-${name}`, class: `view view-${name}`, "aria-labelledby": `tab-${name}` }, views[name].element)]),
  );
  const show = (chosen) => {
    for (const name of names) {
      buttons[name].setAttribute("aria-selected", String(name === chosen));
      buttons[name].setAttribute("tabindex", name === chosen ? 0 : -1);
      panels[name].hidden = name !== chosen;
    }
  };
  return { bar: el("div", { class: "tabs", role: "tablist", "aria-label": "Views" }, Object.values(buttons)), panels: Object.values(panels), show };
}
