// Writing an answer, with comfort: what is typed is kept every few seconds (keeping.js), and words
// that are marked in the draft can be answered at once. Without these scripts every button does the
// same.
"use strict";

(function () {
  const form = document.querySelector("[data-answer]");
  if (!form) return;
  const draft = document.querySelector(".draft-text");
  const field = (name) => form.elements.namedItem(name);

  // Before the first word is stored the browser works for it (proof.js), while one begins to write.
  // Whoever presses a button sooner waits for it; without the means to, the server says what to do.
  const MOST = 20000; // milliseconds
  let worked = !field("token");
  const working = worked ? Promise.resolve() : Promise.race([
    window.proof(field("token").value, Number(form.dataset.bits)).then((number) => { field("proof").value = number; }),
    new Promise((done) => setTimeout(done, window.crypto && crypto.subtle ? MOST : 0)),
  ]).then(() => { worked = true; });
  form.addEventListener("submit", async (event) => {
    if (worked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await working;
    form.requestSubmit(event.submitter);
  });

  // What goes with a field: whose answer it is, and of a new remark what it is about.
  function along(name) {
    const others = ["token", "proof", "writer"];
    if (name.startsWith("remarks.")) others.push(`anchor.${name}`, `quote.${name}`, `marked.${name}`);
    const there = others.filter((other) => field(other));
    return Object.fromEntries(there.map((other) => [other, field(other).value]));
  }

  window.keeping(form, {
    sayings: JSON.parse(document.getElementById("sayings").textContent),
    along,
    waits: false,
    working,
  });

  // The name for one's colleagues is typed once in a window.
  const writer = form.querySelector("[data-writer]");
  if (writer) {
    try {
      writer.value = writer.value || sessionStorage.getItem("kommuneplan-writer") || "";
      writer.addEventListener("change", () => sessionStorage.setItem("kommuneplan-writer", writer.value));
    } catch { /* then it is typed again */ }
  }

  // --- words marked in the draft, with the mouse or the keyboard -----------------------------
  if (!draft) return;
  let offer = null;
  function withdrawOffer() {
    if (offer) offer.remove();
    offer = null;
  }
  function blockOf(node) {
    const element = node && (node.nodeType === 1 ? node : node.parentElement);
    return element && element.closest("[data-block]");
  }
  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    const words = marked ? marked.toString().replace(/\s+/g, " ").trim() : "";
    const block = words && blockOf(marked.anchorNode);
    if (!block || block !== blockOf(marked.focusNode) || !draft.contains(block)) {
      if (offer && document.activeElement !== offer) withdrawOffer();
      return;
    }
    const usual = block.parentElement.querySelector("button[name=afsnit]");
    if (!usual) return;
    withdrawOffer();
    offer = document.createElement("button");
    offer.type = "submit";
    offer.className = "button button-primary mark-here";
    offer.setAttribute("form", form.id);
    offer.name = "afsnit";
    offer.value = usual.value;
    offer.textContent = usual.textContent;
    offer.addEventListener("click", () => { field("marked").value = words; });
    usual.after(offer); // the next stop of the Tab key after the paragraph
    const place = marked.getRangeAt(0).getBoundingClientRect();
    const around = (offer.offsetParent || document.body).getBoundingClientRect();
    offer.style.top = `${place.bottom - around.top + 6}px`;
    offer.style.left = `${Math.max(0, Math.min(place.left - around.left, around.width - offer.offsetWidth))}px`;
  });
})();
