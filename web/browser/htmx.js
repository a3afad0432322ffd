// Parts of pages that renew themselves; every page works without it.

import htmx from "htmx.org/dist/htmx.esm.js";

window.htmx = htmx;
