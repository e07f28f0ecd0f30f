/** One stop of the tab key for many marks: the arrows go from one to the next. */

/**
 * Let the arrows go through marks, elements in their order; `rows` gives the number of the row of each, so that up and
 * down go to the nearest mark of another row; without it all arrows go along the order.
 */
export function roving(marks, rows) {
  marks.forEach((mark, at) => {
    mark.setAttribute("tabindex", at ? -1 : 0);
    mark.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") return (event.preventDefault(), mark.dispatchEvent(new MouseEvent("click", { bubbles: true })));
      const to = next(marks, rows, at, event.key);
      if (to === undefined) return undefined;
      event.preventDefault();
      return enter(marks, to);
    });
  });
}

function enter(marks, to) {
  for (const mark of marks) mark.setAttribute("tabindex", -1);
  marks[to].setAttribute("tabindex", 0);
  marks[to].focus();
}

function next(marks, rows, at, key) {
  const along = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }[key];
  if (along !== undefined) return Math.min(Math.max(along, 0), marks.length - 1);
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step) return undefined;
  if (!rows) return Math.min(Math.max(at + step, 0), marks.length - 1);
  return nearest(marks, rows, at, step);
}

function nearest(marks, rows, at, step) {
  const others = rows.filter((row) => (row - rows[at]) * step > 0);
  if (!others.length) return at;
  const row = step > 0 ? Math.min(...others) : Math.max(...others);
  const middle = (mark) => mark.getBoundingClientRect().left;
  const far = (other) => Math.abs(middle(marks[other]) - middle(marks[at]));
  return rows.map((_, other) => other).filter((other) => rows[other] === row).sort((a, b) => far(a) - far(b))[0];
}
