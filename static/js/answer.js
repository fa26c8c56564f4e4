// Writing an answer, with comfort: what is typed is kept every few seconds, and words that are
// marked in the draft can be answered at once. Without this script every button does the same.
"use strict";

(function () {
  const form = document.querySelector("[data-answer]");
  if (!form) return;
  const PAUSE = 2000; // milliseconds from the first letter to the keeping
  const AGAIN = 5000; // and from a failure to the next attempt
  const state = form.querySelector("[data-save-state]");
  const draft = document.querySelector(".draft-text");
  const field = (name) => form.elements.namedItem(name);
  let timer = null;
  let sending = null;
  let dirty = false;
  let stopped = false;
  let leaving = false;

  function say(what, at, warning) {
    const text = (form.dataset[what] || "").replace("{at}", at || "");
    state.classList.toggle("is-warning", Boolean(warning));
    if (state.textContent !== text) state.textContent = text;
  }

  function later(pause) {
    if (timer === null && !stopped) timer = setTimeout(() => { timer = null; keep(); }, pause);
  }

  async function keep() {
    while (sending) await sending;
    if (!dirty || stopped || leaving) return;
    dirty = false;
    sending = send();
    const done = await sending;
    sending = null;
    if (!done) { dirty = true; later(AGAIN); } else if (dirty) later(PAUSE);
  }

  async function send() {
    const body = new FormData(form);
    body.delete("files"); // files are kept by the buttons
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" },
      });
    } catch {
      say("offline", "", true);
      return false;
    }
    let told = null;
    try { told = await answer.json(); } catch { say("offline", "", true); return false; }
    if (told.closed) {
      stopped = true;
      say("over", "", true);
      return true;
    }
    for (const [name, mark] of Object.entries(told.seen || {})) {
      const seen = field(`seen.${name}`);
      if (seen && answer.ok) seen.value = mark;
    }
    if (told.write && form.action !== new URL(told.write, location).href) {
      form.action = told.write;
      history.replaceState(null, "", told.write);
    }
    if (answer.status === 409) {
      stopped = true;
      say("elsewhere", "", true);
      return true;
    }
    if (told.sender) field("seen.sender").value = told.sender;
    if (told.errors && told.errors.length) { state.textContent = told.errors[0]; state.classList.add("is-warning"); }
    else say("kept", told.at);
    return true;
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    dirty = true;
    later(PAUSE);
  });
  window.addEventListener("online", () => keep());
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  document.addEventListener("submit", (event) => {
    if (event.target !== form) return;
    if (leaving) event.preventDefault(); // a double click is one
    leaving = true;
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });

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
