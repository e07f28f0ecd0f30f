/** The network: dots and ties drawn by sigma, names above them, the keyboard beside the mouse. */

import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { animateNodes } from "sigma/utils";

import { arranged } from "./arrange.js";
import { DotProgram } from "./dot_program.js";
import { fontOf, writeLabels } from "./labels.js";
import { NoProgram } from "./no_program.js";
import { bends, faded, lookOf, roomOf, sizeOf, theme, widthOf } from "./looks.js";
import { TieProgram } from "./tie_program.js";
import { KINDS } from "./words.js";

const PADDING = 34;
const LAID_HERE = 160; // more dots stand where the data says
const CROWD = 1000; // the lines of more dots rest while the picture moves
const NAMED = 350;
const FAINT = 0.18;
const WORDS = 26; // of the upper rim, where the picture is told in words

const SETTINGS = {
  allowInvalidContainer: true,
  defaultDrawNodeHover: () => {},
  defaultEdgeType: "line",
  defaultNodeType: "circle",
  edgeProgramClasses: { arrow: NoProgram, line: TieProgram },
  enableEdgeEvents: true,
  maxCameraRatio: 4,
  minCameraRatio: 0.02,
  nodeHoverProgramClasses: { circle: NoProgram },
  nodeProgramClasses: { circle: DotProgram },
  renderLabels: false,
  stagePadding: PADDING,
  zIndex: true,
};

/**
 * Draw into an element; `on` holds what is called with a key: `dot`, `tie`, `open`, `hover` (or null) and `stage`.
 *
 * Throws where the browser draws no WebGL.
 */
export function network(element, on) {
  const net = { element, drawn: new MultiDirectedGraph(), chosen: null, places: new Map(), marked: null, hovered: null };
  net.theme = theme(element);
  net.renderer = new Sigma(net.drawn, element, { ...SETTINGS, nodeReducer: reducer(net, dotLook), edgeReducer: reducer(net, tieLook) });
  net.renderer.createCanvasContext("names", { beforeLayer: "mouse" });
  net.renderer.resize(true);
  net.renderer.on("afterRender", () => names(net));
  listen(net, on);
  return {
    renderer: net.renderer,
    show: (chosen, still) => show(net, chosen, still),
    mark: (marked) => mark(net, marked),
    repaint: () => repaint(net),
    shown: () => net.chosen,
    where: (key) => where(net, key),
    whereTie: (key) => whereTie(net, key),
    place: (key) => net.places.get(key),
    zoom: (by) => net.renderer.getCamera().setState({ ratio: net.renderer.getCamera().getState().ratio * by }),
    fit: () => net.renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }),
    reveal: (key) => reveal(net, key),
  };
}

function listen(net, on) {
  const { renderer } = net;
  renderer.on("clickNode", ({ node }) => on.dot(node));
  renderer.on("doubleClickNode", (event) => (event.preventSigmaDefault(), on.open(event.node)));
  renderer.on("clickEdge", ({ edge }) => on.tie(edge));
  renderer.on("clickStage", () => on.stage());
  const hover = (key, kind) => ((net.hovered = kind === "dot" ? key : null), on.hover(key, kind), renderer.scheduleRender());
  renderer.on("enterNode", ({ node }) => hover(node, "dot"));
  renderer.on("leaveNode", () => hover(null));
  renderer.on("enterEdge", ({ edge }) => hover(edge, "tie"));
  renderer.on("leaveEdge", () => hover(null));
}

function show(net, chosen, still) {
  const before = net.places;
  const crowd = chosen.dots.length;
  const here = crowd <= LAID_HERE;
  net.places = here ? placesHere(net, chosen) : new Map(chosen.dots.map(({ key, x, y }) => [key, { x, y: -y }]));
  net.chosen = chosen;
  net.drawn = drawnOf(net, chosen, still || !here ? net.places : before, crowd);
  net.renderer.setSetting("hideEdgesOnMove", crowd > CROWD);
  net.renderer.setCustomBBox(here ? box(net.frame) : null);
  net.renderer.setGraph(net.drawn);
  net.renderer.refresh();
  if (!still && here) animateNodes(net.drawn, Object.fromEntries(net.places), { duration: 450, easing: "quadraticInOut" });
}

/** Dots that were there stay; where others come, all are arranged anew. */
function placesHere(net, chosen) {
  const frame = frameOf(net);
  const same = net.frame && net.frame.width === frame.width && net.frame.height === frame.height;
  const scope = JSON.stringify(chosen.scope);
  if (same && net.scope === scope && chosen.dots.every(({ key }) => net.places.has(key))) return net.places;
  [net.frame, net.scope] = [frame, scope];
  return arranged(chosen.dots.map((dot) => sized(dot, chosen.dots.length)), chosen.ties, frame);
}

function sized(dot, crowd) {
  const size = sizeOf(dot, crowd);
  return { ...dot, size, wide: Math.max(2 * size, labelWidth(dot.label)) + 10, high: 2 * size + 26 };
}

const measuring = document.createElement("canvas").getContext("2d");

function labelWidth(label) {
  measuring.font = fontOf();
  return measuring.measureText(label).width;
}

function frameOf({ element }) {
  return {
    width: Math.max(element.offsetWidth - 2 * PADDING, 320),
    height: Math.max(element.offsetHeight - 2 * PADDING - WORDS, 240),
  };
}

function box({ width, height }) {
  return { x: [-width / 2, width / 2], y: [-height / 2, height / 2 + WORDS] };
}

function drawnOf(net, chosen, places, crowd) {
  const graph = new MultiDirectedGraph();
  for (const dot of chosen.dots) {
    const { x, y } = places.get(dot.key) || net.places.get(dot.key);
    const size = sizeOf(dot, crowd);
    graph.addNode(dot.key, { x, y, size, kind: dot.kind, name: dot.label, shape: KINDS[dot.kind].shape, ring: 0 });
  }
  const bow = bends(chosen.ties);
  const most = chosen.ties.reduce((high, { told }) => Math.max(high, told), 1);
  for (const tie of [...chosen.ties].sort((a, b) => a.told - b.told)) {
    const heads = [tie.backward ? 1 : 0, tie.forward ? 1 : 0];
    const given = { size: widthOf(tie, most, crowd), ...roomOf(crowd), bend: bow.get(tie.key), look: lookOf(tie), heads, tie };
    graph.addEdgeWithKey(tie.key, tie.one, tie.other, given);
  }
  return graph;
}

function reducer(net, look) {
  return (key, data) => ({ ...data, ...look(net, key, data) });
}

function dotLook(net, key, { kind }) {
  const { kinds, rims, ink } = net.theme;
  const faint = net.marked && !net.marked.dots.has(key);
  const ring = net.marked && net.marked.key === key ? 1 : 0;
  return {
    color: faint ? faded(kinds[kind], FAINT) : kinds[kind],
    edge: ring ? ink : rims[kind],
    ring,
    zIndex: faint ? 0 : 1 + ring,
  };
}

function tieLook(net, key, { tie, size, opacity }) {
  const faint = net.marked && !net.marked.ties.has(key);
  const chosen = net.marked && net.marked.key === key;
  const colour = net.theme.tones[tie.quad === "neutral" ? "neutral" : tie.quad.split("-")[1]];
  return { color: faded(colour, faint ? FAINT * 0.8 : chosen ? 1 : opacity), size: chosen ? size + 2 : size, zIndex: faint ? 0 : 1 };
}

/** Let a dot with its neighbours, or a tie with its ends, stand out; nothing for null. */
function mark(net, key) {
  net.marked = key && net.chosen ? markedOf(net.chosen, key) : null;
  net.renderer.refresh();
}

function markedOf({ dots, ties }, key) {
  const chosen = ties.filter((tie) => tie.key === key || tie.one === key || tie.other === key);
  if (!chosen.length && !dots.some((dot) => dot.key === key)) return null;
  const ends = chosen.flatMap(({ one, other }) => [one, other]);
  const isTie = chosen.some((tie) => tie.key === key);
  return { key, dots: new Set(isTie ? ends : [key, ...ends]), ties: new Set(chosen.map((tie) => tie.key)) };
}

function repaint(net) {
  net.theme = theme(net.element);
  net.renderer.refresh();
}

function names(net) {
  const { renderer } = net;
  const context = renderer.getCanvases().names.getContext("2d");
  const frame = renderer.getDimensions();
  context.clearRect(0, 0, frame.width, frame.height);
  if (!net.chosen) return;
  const dots = inOrder(net).filter(({ key }) => net.drawn.hasNode(key)).slice(0, NAMED).map((dot) => spot(net, dot));
  writeLabels(context, dots, { ...frame, ink: net.theme.ink, paper: net.theme.paper });
}

function inOrder({ chosen, marked, hovered }) {
  const first = ({ key }) => (key === hovered ? 3 : 0) + (marked ? (key === marked.key ? 2 : marked.dots.has(key) ? 1 : 0) : 0);
  return hovered || marked ? [...chosen.dots].sort((a, b) => first(b) - first(a)) : chosen.dots;
}

function spot(net, { key, label }) {
  const { x, y, size } = net.drawn.getNodeAttributes(key);
  const at = net.renderer.graphToViewport({ x, y });
  const strong = key === net.hovered || (net.marked !== null && net.marked.key === key);
  const faint = net.marked !== null && !net.marked.dots.has(key) && !strong;
  return { ...at, size: net.renderer.scaleSize(size), label, strong, faint };
}

function where(net, key) {
  if (!net.drawn.hasNode(key)) return null;
  const { left, top } = net.element.getBoundingClientRect();
  const { x, y } = net.renderer.graphToViewport(net.drawn.getNodeAttributes(key));
  return { x: left + x, y: top + y };
}

/** The middle of the bow of a tie. */
function whereTie(net, key) {
  if (!net.drawn.hasEdge(key)) return null;
  const [from, to] = net.drawn.extremities(key).map((end) => where(net, end));
  const { bend } = net.drawn.getEdgeAttributes(key);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return { x: (from.x + to.x) / 2 + (dy * bend) / 2, y: (from.y + to.y) / 2 - (dx * bend) / 2 };
}

/** Move the picture so that a dot outside of it is in the middle. */
function reveal(net, key) {
  const { width, height } = net.renderer.getDimensions();
  if (!net.drawn.hasNode(key)) return;
  const { x, y } = net.renderer.graphToViewport(net.drawn.getNodeAttributes(key));
  if (x > 20 && y > 20 && x < width - 20 && y < height - 20) return;
  const { x: cx, y: cy } = net.renderer.getNodeDisplayData(key);
  net.renderer.getCamera().setState({ x: cx, y: cy });
}

