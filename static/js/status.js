// The yearly status: of each focus area that was touched, what is typed is kept (keeping.js).
(function () {
  "use strict";
  const form = document.querySelector("[data-keep-status]");
  if (!form) return;
  const groups = [...form.querySelectorAll("[data-group]")];
  const fields = (group) => [...group.querySelectorAll("input, textarea, select")];
  const chosen = (one) => one.type !== "radio" || one.checked;

  // Untouched areas are left out: a colleague may be writing there.
  function touched(group) {
    return "draft" in group.dataset || fields(group).some((one) =>
      one.type === "radio" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue);
  }

  function written() {
    const words = {};
    for (const group of groups.filter(touched)) {
      for (const one of fields(group).filter(chosen)) words[one.name] = one.value;
    }
    return words;
  }

  function put(words) {
    for (const group of groups) {
      for (const one of fields(group)) {
        if (!(one.name in words)) continue;
        if (one.type === "radio") one.checked = one.value === words[one.name];
        else one.value = words[one.name];
        group.dataset.draft = "";
      }
    }
  }

  window.keeping(form, {
    sayings: JSON.parse(document.getElementById("sayings").textContent),
    written,
    same: (one, other) => JSON.stringify(one) === JSON.stringify(other),
    put,
  });
})();
