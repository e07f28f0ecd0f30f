/** Shows the data that the page holds; a page without any calls `kgPage.mount` itself. */

import { mount } from "./mount.js";

const held = document.getElementById("data");
const page = held ? mount(JSON.parse(held.textContent)) : null;
if (page) requestAnimationFrame(() => performance.mark("kg-painted"));

export { mount, page };
