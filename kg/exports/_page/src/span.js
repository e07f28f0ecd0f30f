/** The stretch of days that the strip and the timeline show, in steps. */

import { bins } from "./days.js";

const RIM = 0.02;

/**
 * Return `{step, bins, first, last, at}` of the dated events, or null where there is none.
 *
 * Where a few events lie far off, the first and the last step hold them, so that the others get room. `at` gives the
 * number of the step of a day; there are at most about `most` steps.
 */
export function spanOf(events, most) {
  const days = events.filter((event) => event.from !== null).map((event) => event.from).sort((a, b) => a - b);
  if (!days.length) return null;
  const [first, last] = trimmed(days);
  const found = bins(first, last, most);
  named(found.bins, days);
  const at = (day) => found.bins.findIndex((bin, number) => day <= bin.to || number === found.bins.length - 1);
  return { ...found, first: found.bins[0].from, last: found.bins[found.bins.length - 1].to, at };
}

function trimmed(days) {
  const all = days[days.length - 1] - days[0];
  const [low, high] = [days[Math.floor(days.length * RIM)], days[Math.ceil(days.length * (1 - RIM)) - 1]];
  return days.length > 100 && all > 1.5 * (high - low + 30) ? [low, high] : [days[0], days[days.length - 1]];
}

/** Tell of the first and the last step that they hold what is beyond them. */
function named(steps, days) {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  if (days[0] < first.from) first.name = `up to ${first.name}`;
  if (days[days.length - 1] > last.to) last.name = `from ${last.name} on`;
}
