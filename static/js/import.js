// A correction that could not be saved is told; it still stands in its field. Whoever confirms while
// one is being saved has not seen how it was understood: that is told, and the next press confirms.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.getElementById("import-form");
  const told = document.getElementById("import-unsaved");
  if (!form || !told) return;
  let pressed = false;
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.body.addEventListener(failure, () => {
      pressed = false;
      told.textContent = told.dataset.said;
    });
  }
  document.body.addEventListener("htmx:afterRequest", (happened) => {
    if (!happened.detail.successful) return;
    told.textContent = pressed ? told.dataset.pressed : "";
    pressed = false;
  });
  form.addEventListener("submit", (happened) => {
    if (happened.submitter?.name !== "apply" || !form.classList.contains("htmx-request")) return;
    happened.preventDefault();
    pressed = true;
  });
});

// Marks the row of the document that a milestone comes from, and the other way round, while one of
// them is pointed at or has the focus. Without this file the links between them do the work.
(function () {
  "use strict";
  const source = document.querySelector(".import-source");
  const understood = document.querySelector(".import-understood");
  if (!source || !understood) return;
  let marked = [];

  function clear() {
    marked.forEach((row) => row.classList.remove("is-marked"));
    marked = [];
  }

  function mark(row) {
    clear();
    const ids = (row.dataset.source || "").split(" ").filter(Boolean);
    const all = [...source.querySelectorAll("[data-source]"), ...understood.querySelectorAll("[data-source]")];
    marked = all.filter((other) => other.dataset.source.split(" ").some((id) => ids.includes(id)));
    marked.forEach((other) => other.classList.add("is-marked"));
    const inSource = marked.find((other) => source.contains(other));
    if (inSource && understood.contains(row) && source.scrollHeight > source.clientHeight) {
      const top = inSource.offsetTop - source.offsetTop;
      if (top < source.scrollTop || top + inSource.offsetHeight > source.scrollTop + source.clientHeight) {
        source.scrollTop = top - source.clientHeight / 3;
      }
    }
  }

  for (const side of [source, understood]) {
    for (const event of ["pointerover", "focusin"]) {
      side.addEventListener(event, (happened) => {
        const row = happened.target.closest("[data-source]");
        if (row) mark(row);
      });
    }
    side.addEventListener("pointerleave", clear);
  }
})();
