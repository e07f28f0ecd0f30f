"use strict";
// Shows what /graph.json tells; opening an actor brings in what stands around it.
(() => {
  const root = document.getElementById("kg");
  const told = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  };
  const around = (actor) => told(`/graph.json?actor=${encodeURIComponent(actor)}`);
  told(root.dataset.from).then(
    (data) => {
      root.replaceChildren();
      kgPage.mount(data, { more: around });
    },
    (error) => {
      root.textContent = `There is no picture: ${error.message}.`;
    },
  );
})();
