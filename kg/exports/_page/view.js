"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const view = document.getElementById("view");
  const panel = document.getElementById("panel");
  const search = document.getElementById("search");
  const kinds = document.getElementById("kinds");
  const nodes = [...view.querySelectorAll(".node")];
  const links = [...view.querySelectorAll(".link")];
  const whole = view.getAttribute("viewBox");
  let chosen = null;
  let box = whole.split(" ").map(Number);

  // Text reaches the page through textContent alone: whatever an article holds stays text.
  const make = (name, text, style) => {
    const element = document.createElement(name);
    element.textContent = text || "";
    if (style) element.className = style;
    return element;
  };

  const line = (parent, words, text) => {
    if (!text) return;
    const paragraph = make("p", "", "meta");
    paragraph.append(words + " ", text);
    parent.append(paragraph);
  };

  const account = (event) => {
    const element = make("article");
    const names = [event.source, event.target].map((number) => data.nodes[number].label);
    const heading = make("h3", names.join(event.symmetric ? " – " : " → ") + " ");
    if (!["actual", "ongoing"].includes(event.modality)) heading.append(make("span", event.modality, "badge"));
    element.append(heading);
    const kind = [event.event_type, event.mode].filter(Boolean).join(", ").toLowerCase();
    element.append(make("p", [event.label + " (" + kind + ")", event.date, event.place].filter(Boolean).join(" · ")));
    line(element, "about", event.topics);
    for (const sentence of event.evidence.split("\n")) element.append(make("blockquote", sentence));
    line(element, "according to", event.according_to);
    line(element, "", [event.outlet, event.headline].filter(Boolean).join(": "));
    return element;
  };

  const title = (thing) => {
    if (!thing) return "All events; choose an actor or a line";
    const numbers = "node" in thing ? [thing.node] : data.links[thing.link];
    return numbers.map((number) => data.nodes[number].label).join(" – ");
  };

  const concerns = (event, thing) => {
    if (!thing) return true;
    if ("node" in thing) return [event.source, event.target].includes(thing.node);
    const pair = data.links[thing.link];
    return pair.includes(event.source) && pair.includes(event.target);
  };

  const show = (thing) => {
    const told = data.events.filter((event) => concerns(event, thing));
    const known = thing && "node" in thing ? data.nodes[thing.node] : {};
    const facts = [known.kind, known.country].filter(Boolean).join(", ").replace("_", " ");
    panel.replaceChildren(make("h2", title(thing)), make("p", facts, "meta"), ...told.slice(0, 200).map(account));
    if (told.length > 200) panel.append(make("p", told.length - 200 + " more", "meta"));
    panel.scrollTop = 0;
  };

  const thingOf = (target) => {
    const group = target.closest && target.closest("[data-node], [data-link]");
    if (!group) return null;
    return group.dataset.node ? { node: Number(group.dataset.node) } : { link: Number(group.dataset.link) };
  };

  const near = (number) => {
    if (!chosen) return true;
    if ("link" in chosen) return data.links[chosen.link].includes(number);
    return data.links.some((pair) => pair.includes(number) && pair.includes(chosen.node)) || number === chosen.node;
  };

  const refresh = () => {
    const words = search.value.trim().toLowerCase();
    const kept = new Set([...kinds.querySelectorAll("input:checked")].map((input) => input.value));
    const visible = data.nodes.map((node) => kept.has(node.kind));
    const bright = data.nodes.map((node, number) => node.label.toLowerCase().includes(words) && near(number));
    nodes.forEach((element, number) => {
      element.classList.toggle("gone", !visible[number]);
      element.classList.toggle("faint", !bright[number]);
      element.classList.toggle("chosen", Boolean(chosen) && chosen.node === number);
    });
    links.forEach((element, number) => {
      const [first, second] = data.links[number];
      const touched = !chosen || chosen.link === number || data.links[number].includes(chosen.node);
      element.classList.toggle("gone", !visible[first] || !visible[second]);
      element.classList.toggle("faint", !touched || !(bright[first] || bright[second]));
      element.classList.toggle("chosen", Boolean(chosen) && chosen.link === number);
    });
  };

  const choose = (thing) => {
    chosen = thing;
    show(thing);
    refresh();
  };

  const place = (next) => {
    box = next;
    view.setAttribute("viewBox", box.join(" "));
  };

  const scale = () => Math.max(box[2] / view.clientWidth, box[3] / view.clientHeight);

  let from = null;
  let moved = false;
  view.addEventListener("pointerdown", (event) => {
    from = [event.clientX, event.clientY];
    moved = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    view.classList.add("moving");
    place([box[0] - dx * scale(), box[1] - dy * scale(), box[2], box[3]]);
    from = [event.clientX, event.clientY];
  });
  window.addEventListener("pointerup", () => {
    from = null;
    view.classList.remove("moving");
  });
  view.addEventListener("wheel", (event) => {
    event.preventDefault();
    const area = view.getBoundingClientRect();
    const factor = event.deltaY > 0 ? 1.15 : 1 / 1.15;
    const x = box[0] + box[2] / 2 + (event.clientX - area.left - area.width / 2) * scale();
    const y = box[1] + box[3] / 2 + (event.clientY - area.top - area.height / 2) * scale();
    place([x - (x - box[0]) * factor, y - (y - box[1]) * factor, box[2] * factor, box[3] * factor]);
  }, { passive: false });
  view.addEventListener("click", (event) => {
    if (!moved) choose(thingOf(event.target));
  });
  view.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") choose(thingOf(event.target));
    if (event.key === "Escape") choose(null);
  });
  view.addEventListener("pointerover", (event) => {
    const thing = thingOf(event.target);
    if (thing && !chosen && !from) show(thing);
  });
  search.addEventListener("input", refresh);
  kinds.addEventListener("change", refresh);
  document.getElementById("tools").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("reset").addEventListener("click", () => {
    search.value = "";
    place(whole.split(" ").map(Number));
    choose(null);
  });
  show(null);
})();
