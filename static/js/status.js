// The yearly status: what is typed of a focus area is kept, with the version it began from
// (keeping.js). Untouched areas are not sent: a colleague may be writing there.
(function () {
  "use strict";
  const form = document.querySelector("[data-keep-status]");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);

  window.keeping(form, {
    sayings: JSON.parse(document.getElementById("sayings").textContent),
    along: (name) => {
      const version = name.replace(/[^-]*$/, "seen");
      return name && field(version) ? { [version]: field(version).value } : {};
    },
  });
})();
