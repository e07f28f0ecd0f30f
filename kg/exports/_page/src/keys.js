/** The keyboard in the network: arrows go from neighbour to neighbour, Enter reads, Escape lets go. */

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Let an element listen to keys for a network `net`; `page` selects and opens. */
export function keys(element, net, page) {
  const does = {
    Enter: () => (current(page, net) ? page.read() : page.pick(first(net))),
    Escape: () => page.select(null),
    o: () => current(page, net) && page.open(current(page, net)),
    t: () => nextTie(page, net, 1),
    T: () => nextTie(page, net, -1),
    "+": () => net.zoom(0.7),
    "=": () => net.zoom(0.7),
    "-": () => net.zoom(1 / 0.7),
    0: () => net.fit(),
  };
  element.addEventListener("keydown", (event) => {
    if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = WAYS[event.key] ? () => step(page, net, WAYS[event.key]) : does[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function first(net) {
  return net.shown().dots[0]?.key;
}

/** The dot that is selected, the first end of a tie for a tie, or nothing. */
function current(page, net) {
  const { selected } = page.state.get();
  const key = selected && (selected.kind === "tie" ? selected.one : selected.key);
  return net.shown().dots.some((dot) => dot.key === key) ? key : null;
}

function step(page, net, [dx, dy]) {
  const from = current(page, net);
  if (!from) return page.pick(first(net));
  const here = net.place(from);
  const near = new Set(tiesAt(net, from).flatMap(({ one, other }) => [one, other]));
  near.delete(from);
  const cost = (key) => {
    const [x, y] = [net.place(key).x - here.x, net.place(key).y - here.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    return along <= 0 || aside > 2.5 * along ? Infinity : along + 2 * aside;
  };
  const best = (candidates) => candidates.map((key) => [cost(key), key]).filter(([price]) => price < Infinity).sort((a, b) => a[0] - b[0])[0];
  const to = best([...near]) || best(net.shown().dots.map((dot) => dot.key).filter((key) => key !== from));
  return to ? page.pick(to[1]) : page.say("Nothing that way.");
}

function tiesAt(net, key) {
  return net.shown().ties.filter(({ one, other }) => one === key || other === key);
}

function nextTie(page, net, by) {
  const { selected } = page.state.get();
  const from = current(page, net);
  if (!from) return;
  const ties = tiesAt(net, from);
  const at = selected.kind === "tie" ? ties.findIndex((tie) => tie.key === selected.key) : by > 0 ? -1 : 0;
  if (ties.length) page.pickTie(ties[(at + by + ties.length) % ties.length], from);
}
