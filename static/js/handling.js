// Handling remarks: j and k lead to the next and the previous one, and words that are selected in a
// response can become a remark. Without this script links and check boxes do the same.
(function () {
  "use strict";

  // --- next and previous ------------------------------------------------------------------------
  // Not while one writes or has changed something, and not together with another key.
  let changed = false;
  const writing = document.querySelector("[data-handle]");
  if (writing) writing.addEventListener("input", () => { changed = true; });
  document.addEventListener("keydown", (event) => {
    const at = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (at || changed || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const wanted = { j: "[data-next]", k: "[data-previous]" }[event.key];
    const link = wanted && document.querySelector(wanted);
    if (link) link.click();
  });

  // --- words selected in a response -------------------------------------------------------------
  const form = document.querySelector("[data-split]");
  const told = form && form.querySelector("[data-marked]");
  if (!told) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "marked";

  // Letters are counted as the server counts them: a letter outside the basic plane is one.
  const letters = (text) => [...text].length;

  function place() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const start = range.startContainer.parentElement;
    const piece = start && start.closest("label[data-piece]");
    if (!piece || !piece.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(piece);
    before.setEnd(range.startContainer, range.startOffset);
    const begins = Number(piece.dataset.begins) + letters(before.toString());
    const words = range.toString();
    return words.trim() ? { value: `${piece.dataset.piece}:${begins}:${begins + letters(words)}`, words } : null;
  }

  document.addEventListener("selectionchange", () => {
    const found = place();
    if (found) {
      field.value = found.value;
      told.querySelector("q").textContent = found.words.trim();
      told.hidden = false;
      if (!field.isConnected) form.append(field);
    }
  });
  // A click on a check box afterwards means the paragraphs, not the words.
  form.addEventListener("change", () => {
    field.remove();
    told.hidden = true;
  });
  // Selecting with the mouse inside a label must not tick its box.
  form.addEventListener("click", (event) => {
    if (event.target.closest("label[data-piece]") && place()) event.preventDefault();
  });
})();
