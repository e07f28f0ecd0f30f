/** Days as numbers since 1970, and the words for them. */

const DAY = 86400000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The number of an ISO day, null where there is none. */
export function dayOf(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(text || "");
  return found ? Date.UTC(+found[1], found[2] - 1, +found[3]) / DAY : null;
}

/** The ISO day of a number. */
export function isoOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The day as people read it. */
export function dayWords(day) {
  const date = new Date(day * DAY);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** When an event was, as people read it. */
export function whenWords(event) {
  if (event.from === null) return "day unknown";
  if (event.from === event.to) return dayWords(event.from);
  return `${dayWords(event.from)} – ${dayWords(event.to)}`;
}

const STEPS = {
  day: { start: (y, m, d) => [y, m, d], next: (y, m, d) => [y, m, d + 1] },
  week: { start: (y, m, d) => [y, m, d - ((new Date(Date.UTC(y, m, d)).getUTCDay() + 6) % 7)], next: (y, m, d) => [y, m, d + 7] },
  month: { start: (y, m) => [y, m, 1], next: (y, m) => [y, m + 1, 1] },
  year: { start: (y) => [y, 0, 1], next: (y) => [y + 1, 0, 1] },
};

function stepped(day, step, way) {
  const date = new Date(day * DAY);
  return Date.UTC(...STEPS[step][way](date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())) / DAY;
}

const LENGTHS = { day: 1, week: 7, month: 30.4, year: 365.2 };

/** The steps of a stretch of days - days, weeks, months or years, at most about `most` - as `{from, to, name}`. */
export function bins(first, last, most) {
  const step = Object.keys(LENGTHS).find((each) => (last - first + 1) / LENGTHS[each] <= most) || "year";
  const found = [];
  for (let from = stepped(first, step, "start"); from <= last; ) {
    const after = stepped(from, step, "next");
    found.push({ from, to: after - 1, name: nameOf(from, step) });
    from = after;
  }
  return { step, bins: found };
}

function nameOf(day, step) {
  const date = new Date(day * DAY);
  if (step === "year") return `${date.getUTCFullYear()}`;
  if (step === "month") return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return step === "week" ? `week of ${dayWords(day)}` : dayWords(day);
}

/** Marks of an axis over a stretch of days: `{day, name}`, about `most` of them. */
export function marks(first, last, most) {
  const length = last - first + 1;
  const step = Object.keys(LENGTHS).find((each) => length / LENGTHS[each] <= most) || "year";
  const all = [];
  for (let day = stepped(first, step, "start"); day <= last; day = stepped(day, step, "next")) {
    if (day >= first) all.push({ day, name: markName(day, step) });
  }
  const every = Math.ceil(all.length / most);
  return all.filter((_, number) => number % every === 0);
}

function markName(day, step) {
  const date = new Date(day * DAY);
  const month = MONTHS[date.getUTCMonth()];
  if (step === "year") return `${date.getUTCFullYear()}`;
  if (step === "month") return date.getUTCMonth() === 0 ? `${date.getUTCFullYear()}` : month;
  return `${date.getUTCDate()} ${month}`;
}
