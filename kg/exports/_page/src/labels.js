/** Writes the names of the dots beside them so that no two names overlap; the busiest come first. */

const FONT = 12.5;
const LEADING = 16;
const LEADERS = 8;

/** The font that names of dots are written in. */
export function fontOf(weight = 500) {
  return `${weight} ${FONT}px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif`;
}

/**
 * Write names on a canvas: dots are `{x, y, size, label, faint, strong}` in pixels, the most important first.
 *
 * Each name goes below, above, right or left of its dot, wherever first it meets no other name and no dot; those of the
 * first few may cover dots of others, and strong names are written whether or not they find room.
 */
export function writeLabels(context, dots, { width, height, ink, paper }) {
  const taken = crowd(dots.map((dot) => square(dot)));
  const written = crowd(dots.slice(0, LEADERS).map((dot) => square(dot)));
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  for (const [at, dot] of dots.entries()) {
    if (dot.x < -20 || dot.y < -20 || dot.x > width + 20 || dot.y > height + 20 || dot.faint) continue;
    context.font = fontOf(dot.strong ? 700 : 500);
    const wide = context.measureText(dot.label).width;
    const frame = { width, height };
    const box = free(dot, wide, taken, frame) || (at < LEADERS && free(dot, wide, written, frame)) || (dot.strong ? boxes(dot, wide)[0] : null);
    if (!box) continue;
    taken.add(box);
    written.add(box);
    write(context, dot.label, box, { ink, paper });
  }
}

function write(context, label, box, { ink, paper }) {
  const [x, y] = [box.x + box.wide / 2, box.y + box.high / 2];
  context.strokeStyle = paper;
  context.lineWidth = 4;
  context.strokeText(label, x, y);
  context.fillStyle = ink;
  context.fillText(label, x, y);
}

function free(dot, wide, taken, frame) {
  return boxes(dot, wide).find((box) => inside(box, frame) && !taken.meets(box));
}

function boxes({ x, y, size }, wide) {
  const gap = size + 3;
  const box = (left, top) => ({ x: left, y: top, wide, high: LEADING });
  return [
    box(x - wide / 2, y + gap),
    box(x - wide / 2, y - gap - LEADING),
    box(x + gap + 1, y - LEADING / 2),
    box(x - gap - 1 - wide, y - LEADING / 2),
  ];
}

function square({ x, y, size }) {
  return { x: x - size, y: y - size, wide: 2 * size, high: 2 * size };
}

function inside(box, { width, height }) {
  return box.x >= 2 && box.y >= 2 && box.x + box.wide <= width - 2 && box.y + box.high <= height - 2;
}

/** Boxes on a page, found by the cells that they touch. */
function crowd(boxesAtFirst) {
  const side = 48;
  const cells = new Map();
  const each = (box, does) => {
    for (let i = Math.floor(box.x / side); i <= Math.floor((box.x + box.wide) / side); i += 1) {
      for (let j = Math.floor(box.y / side); j <= Math.floor((box.y + box.high) / side); j += 1) does(i * 100003 + j);
    }
  };
  const add = (box) => each(box, (cell) => (cells.has(cell) ? cells.get(cell).push(box) : cells.set(cell, [box])));
  const meets = (box) => {
    let met = false;
    each(box, (cell) => {
      met ||= (cells.get(cell) || []).some((other) => overlap(box, other));
    });
    return met;
  };
  boxesAtFirst.forEach(add);
  return { add, meets };
}

function overlap(a, b) {
  return a.x < b.x + b.wide && b.x < a.x + a.wide && a.y < b.y + b.high && b.y < a.y + a.high;
}
