// What is typed in a form is kept as a draft every few seconds, also over a lost network or a lost
// session. Words in this page are sent in order; the server counts them, so a slow answer never
// undoes a later one. The form says where to (data-draft), whose (data-person) and of what
// (data-thing). "written" gives the words as they are to be sent, "put" puts such words back.
"use strict";

window.keeping = function (form, { sayings, written, same, put }) {
  const PAUSE = 2000; // milliseconds from the first unsent letter to the sending
  const AGAIN = 5000; // and from a failure to the next attempt
  const PREFIX = "kommuneplan-tekst:";
  const state = form.querySelector("[data-save-state]");
  const field = (name) => form.elements.namedItem(name);
  const key = `${PREFIX}${form.dataset.person}:${form.dataset.thing}`;

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
      sessionStorage.setItem(key, JSON.stringify({ words: written(), at: Date.now() / 1000 }));
    } catch { /* the page itself still holds the words */ }
  }
  function forget(all) {
    for (const name of Object.keys(sessionStorage)) {
      const others = name.startsWith(PREFIX) && !name.startsWith(`${PREFIX}${form.dataset.person}:`);
      if (name === key || others || (all && name.startsWith(PREFIX))) sessionStorage.removeItem(name);
    }
  }

  let stored = written(); // what the server has
  let sequence = 0;
  let sending = null;
  let timer = null;
  let stopped = false; // another window of the same person writes, or the right is gone

  const before = remembered();
  if (before && before.at > Number(form.dataset.keptAt || 0) && !same(before.words, stored)) {
    put(before.words);
    say("restored", "", true);
    later(0);
  } else {
    forget(false);
  }

  function say(what, at, warning) {
    const words = sayings[what] || what;
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
      link.textContent = sayings.sign_in;
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
    form.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = null;
    const there = (await keep()) || stopped || (await keep());
    if (!there) {
      leaving = false;
      form.removeAttribute("aria-busy");
      return;
    }
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
};
