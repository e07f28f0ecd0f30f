/** Where some hundred dots stand: ties pull, dots push, labels are kept apart. The same input gives the same places. */

const ROUNDS = 200;
const APART = 150; // rounds in which dots that overlap give way
const NEAR = 3; // dots farther off than so many ideal lengths do not push
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * Return the place of each dot by its key, as `{x, y}` around 0, y upwards.
 *
 * Dots are `{key, size, wide, high}` in the order of their weight, `wide` and `high` with their names; ties are
 * `{one, other, told}`; `frame` is the width and height to be filled, in pixels.
 */
export function arranged(dots, ties, frame) {
  if (dots.length < 2) return new Map(dots.map(({ key }) => [key, { x: 0, y: 0 }]));
  const points = begun(dots, frame);
  const springs = springsOf(dots, ties);
  settle(points, springs, frame);
  fill(points, frame);
  keepApart(points, dots, frame);
  keepApart(points, dots.map(({ size }) => ({ wide: 2 * size + 6, high: 2 * size + 6 })), frame); // names may give way, dots not
  return new Map(dots.map(({ key }, at) => [key, { x: points[at].x, y: -points[at].y }]));
}

function begun(dots, frame) {
  const reach = Math.min(frame.width, frame.height) / 2 / Math.sqrt(dots.length);
  return dots.map((_, at) => {
    const far = reach * Math.sqrt(at + 0.5);
    return { x: far * Math.cos(at * GOLDEN) * 1.4, y: far * Math.sin(at * GOLDEN) };
  });
}

function springsOf(dots, ties) {
  const at = new Map(dots.map(({ key }, number) => [key, number]));
  const pulls = new Map();
  for (const { one, other, told } of ties) {
    const key = `${at.get(one)} ${at.get(other)}`;
    const spring = pulls.get(key) || { one: at.get(one), other: at.get(other), told: 0 };
    spring.told += told;
    pulls.set(key, spring);
  }
  const degree = dots.map(() => 1);
  for (const { one, other } of pulls.values()) (degree[one] += 1), (degree[other] += 1);
  return { pulls: [...pulls.values()], degree };
}

/** Fruchterman and Reingold (1991), with busy dots pushing harder, and a pull to the middle. */
function settle(points, { pulls, degree }, frame) {
  const ideal = 0.75 * Math.sqrt((frame.width * frame.height) / points.length);
  const rounds = points.length > 150 ? ROUNDS / 2 : ROUNDS;
  for (let round = 0; round < rounds; round += 1) {
    const moves = points.map(({ x, y }) => ({ x: -x * 0.08, y: -y * 0.08 * (frame.width / frame.height) }));
    push(points, moves, ideal, degree);
    pull(points, moves, ideal, pulls);
    const most = ideal * 0.9 * (1 - round / rounds) + 0.5;
    points.forEach((point, at) => step(point, moves[at], most));
  }
}

function push(points, moves, ideal, degree) {
  for (let a = 0; a < points.length; a += 1) {
    for (let b = a + 1; b < points.length; b += 1) {
      const dx = points[a].x - points[b].x || 0.01;
      const dy = points[a].y - points[b].y || 0.01;
      if (dx * dx + dy * dy > NEAR * NEAR * ideal * ideal) continue;
      const force = (ideal * ideal * Math.min(Math.sqrt(degree[a] * degree[b]), 6)) / (dx * dx + dy * dy) / 2.2;
      moves[a].x += dx * force;
      moves[a].y += dy * force;
      moves[b].x -= dx * force;
      moves[b].y -= dy * force;
    }
  }
}

function pull(points, moves, ideal, pulls) {
  for (const { one, other, told } of pulls) {
    const dx = points[one].x - points[other].x;
    const dy = points[one].y - points[other].y;
    const force = (Math.hypot(dx, dy) / ideal) * Math.min(1 + Math.log2(told) / 4, 2);
    moves[one].x -= dx * force;
    moves[one].y -= dy * force;
    moves[other].x += dx * force;
    moves[other].y += dy * force;
  }
}

function step(point, move, most) {
  const length = Math.hypot(move.x, move.y) || 1;
  const far = Math.min(length * 0.12, most) / length;
  point.x += move.x * far;
  point.y += move.y * far;
}

/** Spread the dots over the frame: half as they fell, half in even steps, so that a crowded middle gets room. */
function fill(points, frame) {
  for (const [axis, room] of [["x", frame.width], ["y", frame.height]]) {
    const values = points.map((point) => point[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const order = points.map((_, at) => at).sort((a, b) => values[a] - values[b] || a - b);
    const even = points.length > 6 ? 0.4 : 0;
    order.forEach((at, rank) => {
      const fell = (values[at] - least) / (most - least || 1) - 0.5;
      const step = rank / (points.length - 1) - 0.5;
      points[at][axis] = room * (fell * (1 - even) + step * even);
    });
  }
}

function keepApart(points, dots, frame) {
  for (let round = 0; round < APART; round += 1) {
    let clashes = 0;
    for (let a = 0; a < points.length; a += 1) {
      for (let b = a + 1; b < points.length; b += 1) clashes += part(points[a], points[b], dots[a], dots[b]);
    }
    for (const [at, point] of points.entries()) keepInside(point, dots[at], frame);
    if (!clashes) return;
  }
}

function part(p, q, a, b) {
  const wide = (a.wide + b.wide) / 2 - Math.abs(q.x - p.x);
  const high = (a.high + b.high) / 2 - Math.abs(q.y - p.y);
  if (wide <= 0 || high <= 0) return 0;
  if (high <= wide) {
    const by = ((q.y >= p.y ? 1 : -1) * high) / 2;
    (p.y -= by), (q.y += by);
  } else {
    const by = ((q.x >= p.x ? 1 : -1) * wide) / 2;
    (p.x -= by), (q.x += by);
  }
  return 1;
}

function keepInside(point, dot, frame) {
  const [wide, high] = [(frame.width - dot.wide) / 2, (frame.height - dot.high) / 2];
  if (wide > 0) point.x = Math.min(Math.max(point.x, -wide), wide);
  if (high > 0) point.y = Math.min(Math.max(point.y, -high), high);
}
