// Writing in a section: kept as a draft while one writes (keeping.js).
(function () {
  "use strict";
  const form = document.querySelector("[data-write]");
  if (!form) return;
  const said = JSON.parse(document.getElementById("editor-words").textContent);

  window.keeping(form, {
    sayings: said.sayings,
    along: () => ({ base_version: form.elements.namedItem("base_version").value }),
    renew: (name) => name === "text", // the editor's own box
  });
})();
