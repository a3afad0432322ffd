// What makes the GOV.UK components move; every page works without it.

import { initAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
