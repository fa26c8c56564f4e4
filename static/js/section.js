// Writing in a section: what is typed is kept as a draft every few seconds, also over a lost
// network or a lost session. Words in this page are sent in order; the server counts them, so a
// slow answer never undoes a later one. Runs before the editor, whose English words it replaces.
(function () {
  "use strict";
  const PAUSE = 2000; // milliseconds from the first unsent letter to the sending
  const AGAIN = 5000; // and from a failure to the next attempt
  const PREFIX = "kommuneplan-tekst:";
  const form = document.querySelector("[data-write]");
  if (!form) return;
  const said = JSON.parse(document.getElementById("editor-words").textContent);
  const state = form.querySelector("[data-save-state]");
  const field = (name) => form.elements.namedItem(name);
  const key = `${PREFIX}${form.dataset.person}:${form.dataset.section}`;

  // --- the editor's words, and its name for screen readers ------------------------------------
  const label = (words) => said.labels[words] || words;
  window.gettext = label;
  const style = document.createElement("style"); // the editor looks for it and then writes none
  style.setAttribute("data-tiptap-style", "");
  style.nonce = (document.querySelector("script[nonce]") || {}).nonce || "";
  document.head.append(style);

  function translate(root) {
    for (const button of root.querySelectorAll("button[title]")) {
      button.title = label(button.title);
      button.setAttribute("aria-label", button.title);
    }
    for (const option of root.querySelectorAll("select option")) {
      option.value = option.value;
      option.textContent = label(option.value);
    }
    const headings = root.querySelector("select[name=withHeaderRow]");
    if (headings) headings.value = "Yes";
  }

  // What the editor shows with a class is told to screen readers too.
  function states(bar) {
    for (const button of bar.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", button.classList.contains("disabled"));
      button.setAttribute("aria-pressed", button.classList.contains("active"));
    }
  }

  // The editor builds its parts when it pleases: each is named as it comes.
  function name() {
    const box = form.querySelector(".ProseMirror:not([data-ours])");
    if (box) {
      box.dataset.ours = "";
      box.setAttribute("role", "textbox");
      box.setAttribute("aria-multiline", "true");
      box.setAttribute("aria-labelledby", "text-label");
    }
    const bar = form.querySelector(".prose-menubar:not([data-ours])");
    if (bar && bar.querySelector("button")) {
      bar.dataset.ours = "";
      bar.setAttribute("role", "group");
      bar.setAttribute("aria-label", label("toolbar"));
      translate(bar);
      new MutationObserver(() => states(bar)).observe(bar, { subtree: true, attributeFilter: ["class"] });
      states(bar);
    }
    const dialog = form.querySelector("dialog:not([data-ours])");
    if (dialog) {
      dialog.dataset.ours = "";
      translate(dialog);
    }
  }
  new MutationObserver(name).observe(form, { childList: true, subtree: true });

  // --- what could not be sent stays with this window, for this person, until it is sent --------
  function remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }
  function remember() {
    try {
      sessionStorage.setItem(key, JSON.stringify({ ...written(), at: Date.now() / 1000 }));
    } catch { /* the page itself still holds the words */ }
  }
  function forget(all) {
    for (const name of Object.keys(sessionStorage)) {
      const others = name.startsWith(PREFIX) && !name.startsWith(`${PREFIX}${form.dataset.person}:`);
      if (name === key || others || (all && name.startsWith(PREFIX))) sessionStorage.removeItem(name);
    }
  }

  const written = () => ({
    title: field("title").value,
    text: field("text").value,
    base_version: field("base_version").value,
  });
  const same = (one, other) => one.title === other.title && one.text === other.text;

  let stored = written(); // what the server has
  let sequence = 0;
  let sending = null;
  let timer = null;
  let stopped = false; // another window of the same person writes, or the right is gone

  const before = remembered();
  if (before && before.at > Number(form.dataset.keptAt || 0) && !same(before, stored)) {
    field("title").value = before.title;
    field("text").value = before.text;
    field("base_version").value = before.base_version;
    say("restored", "", true);
    later(0);
  } else {
    forget(false);
  }

  function say(what, at, warning) {
    const words = said.sayings[what] || what;
    const text = words.replace("{at}", at || "");
    state.classList.toggle("is-warning", Boolean(warning));
    if (state.dataset.said === text) return; // not read aloud again
    state.dataset.said = text;
    state.textContent = text;
    if (what === "signed_out") {
      const link = document.createElement("a");
      link.href = form.dataset.signIn;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = said.sayings.sign_in;
      state.append(" ", link);
    }
  }

  function later(pause) {
    if (timer === null && !stopped) timer = setTimeout(() => { timer = null; keep(); }, pause);
  }

  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";

  // Sends what has changed; true when the server has it all.
  async function keep() {
    while (sending) await sending;
    if (stopped) return false;
    if (same(written(), stored)) return true;
    sending = send(written());
    const done = await sending;
    sending = null;
    if (!done) {
      if (!stopped) { remember(); later(AGAIN); }
      return false;
    }
    if (!same(written(), stored)) { later(PAUSE); return false; }
    forget(false);
    return true;
  }

  async function send(words) {
    sequence += 1;
    const body = new URLSearchParams({
      ...words, sequence, page: field("page").value, known: field("known").value,
    });
    let answer;
    try {
      answer = await fetch(form.dataset.draft, {
        method: "POST", body, redirect: "manual", credentials: "same-origin",
        headers: { "X-CSRFToken": token(), Accept: "application/json" },
      });
    } catch {
      say("offline", "", true);
      return false;
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      say("signed_out", "", true);
      return false;
    }
    if (answer.ok) {
      const told = await answer.json();
      stored = words;
      say(told.outdated ? "outdated" : "kept", told.at, told.outdated);
      return true;
    }
    if (answer.status === 409) {
      stopped = true;
      say("elsewhere", "", true);
    } else if (answer.status === 403 || answer.status === 404) {
      say("forbidden", "", true);
    } else if (answer.status === 422) {
      say((await answer.json()).said, "", true);
    } else {
      say("failed", "", true);
    }
    return false;
  }

  form.addEventListener("input", () => later(PAUSE));
  window.addEventListener("online", () => keep());
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  window.addEventListener("focus", () => keep());

  // Saving waits until the draft has arrived: a lost session or network then costs nothing.
  let leaving = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    clearTimeout(timer);
    timer = null;
    const there = (await keep()) || stopped || (await keep());
    if (!there) { leaving = false; return; }
    field("sequence").value = sequence + 1;
    field("csrfmiddlewaretoken").value = token();
    if (event.submitter && event.submitter.name) {
      const pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = event.submitter.name;
      pressed.value = event.submitter.value;
      form.append(pressed);
    }
    forget(false);
    form.submit();
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && !same(written(), stored)) { remember(); event.preventDefault(); }
  });

  // Signing out leaves nothing behind, in no window.
  const signOut = document.querySelector(".site-person form");
  const windows = "BroadcastChannel" in window ? new BroadcastChannel("kommuneplan") : null;
  if (signOut) {
    signOut.addEventListener("submit", () => {
      leaving = true;
      forget(true);
      if (windows) windows.postMessage("signed out");
    });
  }
  if (windows) windows.addEventListener("message", () => forget(true));
})();
