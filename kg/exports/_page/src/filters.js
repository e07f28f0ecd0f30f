/** Which events fit what the reader asks for. */

/** Return the events of a graph that fit; the days are left aside where `anyDay` is true. */
export function fitting(graph, filters, anyDay = false) {
  const { types, quads, modalities, kinds } = Object.fromEntries(
    ["types", "quads", "modalities", "kinds"].map((name) => [name, new Set(filters[name])]),
  );
  const dated = !anyDay && (filters.from !== null || filters.to !== null);
  return graph.events.filter(
    (event) =>
      !types.has(event.type) &&
      !quads.has(event.quad) &&
      !modalities.has(event.modality) &&
      event.corroboration >= filters.least &&
      (!filters.outlet || event.outlets.includes(filters.outlet)) &&
      (!kinds.size || event.parties.some((party) => !kinds.has(graph.actors[party].kind))) &&
      (!dated || within(event, filters)),
  );
}

function within(event, { from, to }) {
  if (event.from === null) return false;
  return (from === null || event.to >= from) && (to === null || event.from <= to);
}

/** Return filters with a value of a list turned on or off; a list holds what is left out. */
export function toggled(filters, list, value, on) {
  const rest = filters[list].filter((each) => each !== value);
  return { ...filters, [list]: on ? rest : [...rest, value] };
}
