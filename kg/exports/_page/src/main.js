/** Shows the data that the page holds; a page without any calls `kgPage.mount` itself. */

import { mount } from "./mount.js";

const parsed = (id) => JSON.parse(document.getElementById(id).textContent);

/** The sentences, which stand behind the script: the picture does not wait for them. */
function quotes() {
  return new Promise((give) => {
    if (document.readyState !== "loading") give(parsed("quotes"));
    else document.addEventListener("DOMContentLoaded", () => give(parsed("quotes")));
  });
}

const page = document.getElementById("data") ? mount(parsed("data"), { quotes: quotes() }) : null;

export { mount, page };
