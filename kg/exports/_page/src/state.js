/** What the reader has chosen: tab, filters, what is shown, what is selected. Views are told of each change. */

/** A holder of one frozen state: `get`, `set` a part of it, `on` each change (with the state before). */
export function holder(initial) {
  let state = Object.freeze(initial);
  const listeners = [];
  return {
    get: () => state,
    set(part) {
      const before = state;
      state = Object.freeze({ ...state, ...part });
      for (const listener of listeners) listener(state, before);
    },
    on: (listener) => listeners.push(listener),
  };
}

export const NO_FILTERS = Object.freeze({
  types: Object.freeze([]), // left out
  quads: Object.freeze([]), // left out
  modalities: Object.freeze([]), // left out
  kinds: Object.freeze([]), // left out
  outlet: "",
  least: 1,
  from: null,
  to: null,
});
