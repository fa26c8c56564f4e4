// The workbench: a small menu at words that are selected, standard answers copied in at once, keys,
// and one of two views of the response. Without it the buttons of the page do the same.
(function () {
  "use strict";
  const form = document.querySelector("[data-bench]");
  if (!form) return;
  // Letters are counted as the server counts them: a letter outside the basic plane is one.
  const letters = (text) => Array.from(text).length;

  // --- the response that lies here is in sight in the queue -----------------------------------------
  const pane = form.querySelector(".bench-queue");
  const here = pane && pane.querySelector(".bench-list [aria-current]");
  if (here) pane.scrollTop = here.offsetTop - pane.offsetTop - pane.clientHeight / 2;

  // --- nothing that is typed is left by a link ---------------------------------------------------
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

  // --- standard answers --------------------------------------------------------------------------
  const known = document.getElementById("standard-answers");
  const answers = known ? JSON.parse(known.textContent) : {};
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-answer]");
    const answer = button && answers[button.dataset.answer];
    if (!answer) return;
    event.preventDefault();
    const field = (name) => form.elements.namedItem(`${button.dataset.for}-${name}`);
    const reply = field("reply");
    reply.value = [reply.value.trim(), answer.reply].filter(Boolean).join("\n\n");
    const proposal = field("proposal");
    if (!proposal.value && answer.proposal) proposal.value = answer.proposal;
    typed = true;
  });

  // --- answers of remarks that resemble these -------------------------------------------------------
  const offer = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return;
    const found = document.createElement("template");
    found.innerHTML = await answer.text();
    found.content.querySelectorAll("[data-offers]").forEach((one) => {
      const card = document.getElementById(one.dataset.offers);
      if (card) card.querySelector(".bench-said").after(one);
    });
  };
  if (form.dataset.offersAt) offer(form.dataset.offersAt).catch(() => {});

  // --- the place that is to change ----------------------------------------------------------------
  form.addEventListener("change", async (event) => {
    const name = event.target.name || "";
    if (!name.endsWith("-wanted_anchor")) return;
    const told = form.querySelector(`[data-live="${name.split("-")[0]}"]`);
    const answer = await fetch(`${form.dataset.liveAt}?sted=${encodeURIComponent(event.target.value)}`);
    if (answer.ok && !answer.redirected) told.innerHTML = await answer.text();
  });

  // --- keys --------------------------------------------------------------------------------------
  // Those of the person, where nothing is being written; Ctrl and Enter in a field goes on to the next.
  const keys = JSON.parse(form.dataset.bench || "{}");
  const press = (act) => {
    const button = form.querySelector(`[data-act="${act}"]`);
    if (button) button.click();
    return Boolean(button);
  };
  Object.entries(keys).forEach(([letter, act]) => {
    form.querySelectorAll(`.fixed-bar [data-act="${act}"]`).forEach((button) => {
      const shown = document.createElement("kbd");
      shown.textContent = letter;
      shown.setAttribute("aria-hidden", "true");
      button.setAttribute("aria-keyshortcuts", letter);
      button.append(" ", shown);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey) return;
    const writing = event.target.closest && event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
    if (event.ctrlKey) {
      if (writing && event.key === "Enter" && press("save")) event.preventDefault();
      return;
    }
    const act = !writing && keys[event.key.toLowerCase()];
    if (act && press(act)) event.preventDefault();
  });

  // --- as received, or as everybody reads it -----------------------------------------------------
  const views = form.querySelector("[data-views]");
  if (views) {
    const parts = [...views.querySelectorAll("[data-view]")];
    const row = document.createElement("div");
    row.className = "bench-switch";
    const show = (chosen) => parts.forEach((part, at) => {
      part.hidden = part !== chosen;
      row.children[at].setAttribute("aria-pressed", String(part === chosen));
    });
    parts.forEach((part) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = part.querySelector("h2").textContent;
      button.addEventListener("click", () => show(part));
      row.append(button);
    });
    views.classList.add("is-switched");
    views.before(row);
    show(parts[0]);
  }

  // --- words that are selected -------------------------------------------------------------------
  const menu = form.querySelector("[data-menu]");
  const within = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-place]");
  const lettersTo = (place, node, offset) => {
    const range = document.createRange();
    range.setStart(place, 0);
    range.setEnd(node, offset);
    return Number(place.dataset.begins) + letters(range.toString());
  };
  function marked() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.toString().trim()) return null;
    const first = within(range.startContainer);
    const last = within(range.endContainer);
    if (!first || !last || first.dataset.place !== last.dataset.place) return null;
    const begins = lettersTo(first, range.startContainer, range.startOffset);
    const ends = lettersTo(last, range.endContainer, range.endOffset);
    return begins < ends ? { value: `${first.dataset.place}:${begins}:${ends}`, box: range.getBoundingClientRect() } : null;
  }
  if (menu) {
    document.addEventListener("selectionchange", () => {
      if (menu.matches(':focus-within')) return;
      const found = marked();
      menu.hidden = !found;
      if (!found) return;
      form.elements.namedItem("marked").value = found.value;
      const home = (menu.offsetParent || document.body).getBoundingClientRect();
      const left = Math.min(found.box.left, innerWidth - menu.offsetWidth - 8);
      menu.style.left = `${Math.max(8, left) - home.left}px`;
      menu.style.top = `${found.box.bottom + 6 - home.top}px`;
    });
    menu.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") menu.hidden = true; });
  }
})();
