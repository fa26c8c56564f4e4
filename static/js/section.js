// Writing in a section: kept as a draft while one writes (keeping.js).
(function () {
  "use strict";
  const form = document.querySelector("[data-write]");
  if (!form) return;
  const said = JSON.parse(document.getElementById("editor-words").textContent);
  const field = (name) => form.elements.namedItem(name);

  const names = ["title", "text", "base_version"];
  window.keeping(form, {
    sayings: said.sayings,
    written: () => Object.fromEntries(names.map((name) => [name, field(name).value])),
    same: (one, other) => one.title === other.title && one.text === other.text,
    put: (words) => { for (const name of names) field(name).value = words[name]; },
  });
})();
