// Sending an answer: the browser finds the number that the server asks for (proof.js) while the answer
// is read through. Where it is not found before no proof is asked for any more, nothing waits for it.
"use strict";

(function () {
  const form = document.querySelector(".send-form");
  if (!form) return;
  const state = form.querySelector("[data-send-state]");
  let sent = false;
  let found = null;

  const asked = Boolean(form.dataset.proof) && Number(form.dataset.wait) > 0;
  const work = asked
    ? window.proof(form.dataset.proof, Number(form.dataset.bits)).then((number) => {
      form.elements.namedItem("number").value = number;
      found = number;
    })
    : new Promise(() => {});

  form.addEventListener("submit", async (event) => {
    if (sent) { event.preventDefault(); return; } // a double click is one
    sent = true;
    if (state) state.textContent = form.dataset.working || "";
    if (!asked || found !== null) return;
    event.preventDefault();
    await Promise.race([work, unasked()]);
    form.submit();
  });
  const free = performance.now() + (Number(form.dataset.wait) + 1) * 1000;
  const unasked = () => new Promise((done) => setTimeout(done, Math.max(0, free - performance.now())));

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sent = false;
    if (state) state.textContent = "";
  });
})();
