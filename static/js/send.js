// Sending an answer: the browser finds the number that the server asks for while the answer is read
// through (consultations/answering/proof_of_work.py), in small pieces, so that the page never stands still. Where it is
// not found before no proof is asked for any more, nothing waits for it.
"use strict";

(function () {
  const form = document.querySelector(".send-form");
  if (!form) return;
  const state = form.querySelector("[data-send-state]");
  const PIECE = 250; // attempts at a time
  let sent = false;
  let found = null;

  function zeroBits(bytes) {
    let bits = 0;
    for (const byte of bytes) {
      if (byte === 0) { bits += 8; continue; }
      return bits + Math.clz32(byte) - 24;
    }
    return bits;
  }

  async function solve(task, wanted) {
    const encoder = new TextEncoder();
    for (let number = 0; ; number += PIECE) {
      const tried = Array.from({ length: PIECE }, (_, step) =>
        crypto.subtle.digest("SHA-256", encoder.encode(`${task}:${number + step}`)));
      const hit = (await Promise.all(tried)).findIndex((digest) => zeroBits(new Uint8Array(digest)) >= wanted);
      if (hit >= 0) return number + hit;
      await new Promise((done) => setTimeout(done));
    }
  }

  const asked = Boolean(form.dataset.proof) && Number(form.dataset.wait) > 0;
  const work = asked && window.crypto && crypto.subtle
    ? solve(form.dataset.proof, Number(form.dataset.bits)).then((number) => {
      form.elements.namedItem("number").value = number;
      found = number;
    })
    : new Promise(() => {}); // without the means to, only time helps

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
