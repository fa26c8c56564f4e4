// Marking words in a response to take them out: the words and their place go into the form. Without
// this one writes them there. Letters are counted as the server counts them: whole ones.
(function () {
  "use strict";
  const form = document.querySelector("[data-redacting]");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const letters = (text) => Array.from(text).length;

  function placeOf(node) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return element && element.closest("[data-place]");
  }

  function lettersBefore(place, node, offset) {
    const range = document.createRange();
    range.setStart(place, 0);
    range.setEnd(node, offset);
    return letters(range.toString());
  }

  document.addEventListener("selectionchange", function () {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const place = placeOf(range.startContainer);
    if (!place || place !== placeOf(range.endContainer)) return;
    const words = range.toString();
    if (!words.trim()) return;
    field("wanted").value = words;
    field("place").value = place.dataset.place;
    field("begins").value = lettersBefore(place, range.startContainer, range.startOffset);
    field("ends").value = Number(field("begins").value) + letters(words);
    field("everywhere").checked = false;
  });
})();
