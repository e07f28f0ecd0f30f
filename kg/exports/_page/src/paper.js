/** The network on paper: what WebGL and canvas show is copied, in light colours, into a plain picture before printing. */

/** Keep an element filled with a picture of the network while the page is printed. */
export function printing(element, net) {
  const root = document.documentElement;
  let before = root.dataset.theme;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
    net.repaint(); // WebGL gives its picture only in the turn in which it draws
    element.replaceChildren(copied(net));
  });
  addEventListener("afterprint", () => {
    root.dataset.theme = before;
    net.repaint();
    element.replaceChildren();
  });
}

function copied({ renderer }) {
  const layers = Object.values(renderer.getCanvases());
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [layers[0].width, layers[0].height];
  const context = copy.getContext("2d");
  for (const layer of layers) context.drawImage(layer, 0, 0);
  return copy;
}
