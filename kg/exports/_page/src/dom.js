/** Elements of the page. Text of articles comes in through text nodes and attributes alone, never as markup. */

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["hidden", "checked", "disabled", "value", "selected", "open"]);

/** An element of HTML with attributes, listeners (`on`), and children: elements, texts, lists of them, or nothing. */
export function el(tag, given, ...children) {
  return filled(document.createElement(tag), given, children);
}

/** The same of SVG. */
export function svg(tag, given, ...children) {
  return filled(document.createElementNS(SVG, tag), given, children);
}

/** A text of an article by itself, so that its direction of writing does not touch what stands beside it. */
export function told(text, given) {
  return el("bdi", given, text);
}

/** The same inside an attribute or a canvas, by the marks of Unicode. */
export function isolated(text) {
  return `\u2068${text}\u2069`;
}

/** Put children in place of those that an element has. */
export function refill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

/** A link to an article where its address is one of the web, the text alone otherwise. */
export function link(address, text) {
  const href = ofTheWeb(address);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, told(text)) : told(text);
}

function ofTheWeb(address) {
  try {
    const { protocol, href } = new URL(address);
    return protocol === "http:" || protocol === "https:" ? href : "";
  } catch {
    return "";
  }
}

function filled(element, given, children) {
  for (const [name, value] of Object.entries(given || {})) give(element, name, value);
  element.append(...nodes(children));
  return element;
}

function give(element, name, value) {
  if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  else if (PROPERTIES.has(name)) element[name] = value;
  else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
}

function nodes(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
