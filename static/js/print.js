// On paper everything that is folded is open; after printing the page is as it was. Browsers that
// know ::details-content need no script for it (print.css); the others do.
"use strict";

(function () {
  const opened = new Set();
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details:not([open])")) {
      opened.add(one);
      one.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    opened.clear();
  });
})();
