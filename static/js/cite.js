// Copying a reference to a version with one press. Where the address names a paragraph, the reference
// names it too.
"use strict";

(function () {
  const cite = document.querySelector("[data-cite]");
  const button = document.querySelector("[data-copy]");
  if (!cite || !button) return;
  const place = cite.querySelector("[data-cite-place]");
  const address = cite.querySelector("[data-cite-address]");
  const whole = address.textContent;
  const said = button.parentElement.querySelector("[role=status]");
  const words = () => cite.textContent.replace(/\s+/g, " ").trim();

  // "2.1 Mål, afsnit 3": the heading above, and which block below it.
  function named(block) {
    let number = 1;
    let above = block.previousElementSibling;
    while (above && !above.matches("h3")) {
      if (above.matches(".block")) number += 1;
      above = above.previousElementSibling;
    }
    const heading = above ? above.textContent.replace(/\s+/g, " ").trim() : "";
    return `${heading}, ${cite.dataset.paragraph} ${number}`;
  }

  function tell() {
    const block = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const pointed = block && block.matches(".block") ? block : null;
    place.textContent = pointed ? `${named(pointed)}. ` : "";
    address.textContent = pointed ? `${whole}#${pointed.id}` : whole;
    said.textContent = "";
  }

  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words());
      said.textContent = said.dataset.copied;
    } catch {
      getSelection().selectAllChildren(cite);
      said.textContent = said.dataset.notCopied;
    }
  });
  addEventListener("hashchange", tell);
  tell();
})();
