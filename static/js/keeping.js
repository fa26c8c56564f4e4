// What is typed in a form is kept as a draft every few seconds, also over a lost network or a lost
// session, and from several windows at once. The rules are those of kommuneplan/keeping.py: each
// field that has a mark (seen.<name>) is sent when it was changed, with the mark of what this window
// showed last; the answer tells of what was sent what stands, of the rest what others have written.
// A text that cannot stand, for somebody else has changed the field, is kept beside it.
//
// The form says where to (data-draft), whose (data-person) and of what (data-thing); data-others:
// others may be writing, so it is asked when one comes back to the window ("often": now and then). "along" gives what
// goes with a field, "renew" says which fields this script cannot fill with other words, "working" is
// what the first sending waits for.
"use strict";

window.keeping = function (form, { sayings, along = () => ({}), renew = () => false, waits = true, working = null }) {
  const PAUSE = 2000; // milliseconds from the first unsent letter to the sending
  const AGAIN = 5000; // and from a failure to the next attempt
  const ASKED = 15000; // between two questions what others write
  const PREFIX = "kommuneplan-tekst:";
  const SEEN = "seen.";
  const state = form.querySelector("[data-save-state]");
  const field = (name) => form.elements.namedItem(name);
  const key = form.dataset.person ? `${PREFIX}${form.dataset.person}:${form.dataset.thing}` : "";
  const page = [...crypto.getRandomValues(new Uint8Array(8))]
    .map((one) => one.toString(16).padStart(2, "0")).join("");
  field("page").value = page; // a page that the browser brought back is another one

  // --- the fields: what is in them, and what the server has of them ---------------------------
  const parts = (name) => {
    const found = field(name);
    return found instanceof RadioNodeList ? [...found] : [found];
  };
  const ticks = (one) => one.type === "radio" || one.type === "checkbox";
  const read = (name, chosen, words) => {
    const [first, ...others] = parts(name);
    if (!others.length && !ticks(first)) return first[words];
    const one = [first, ...others].find((part) => part[chosen]);
    return one ? one.value : "";
  };
  const value = (name) => read(name, "checked", "value");
  const opened = (name) => read(name, "defaultChecked", "defaultValue");
  function fill(name, words) {
    for (const part of parts(name)) {
      if (ticks(part)) part.checked = part.value === words;
      else part.value = words;
    }
  }
  const names = [...form.elements]
    .filter((one) => one.name.startsWith(SEEN) && field(one.name.slice(SEEN.length)))
    .map((one) => one.name.slice(SEEN.length));
  // kept: what stands on the server; beside: what is kept beside it; unsure: sent, and no answer
  // yet; refused: what the server could not take.
  const fields = new Map(names.map((name) => {
    const mark = field(SEEN + name);
    const kept = "unkept" in parts(name)[0].dataset ? null : opened(name);
    // Words that the browser has put back were typed to a text that this page never showed.
    mark.value = value(name) === opened(name) ? mark.defaultValue : "?";
    return [name, { mark, kept, beside: null, unsure: false, refused: null }];
  }));
  const asTyped = (name) => JSON.stringify([value(name), along(name)]);

  const isOpen = (name) => { // it does not stand on the server as it stands here
    const one = fields.get(name);
    return one.unsure || value(name) !== (one.beside === null ? one.kept : one.beside);
  };
  const unsent = () => names.filter((name) => isOpen(name) && fields.get(name).refused !== asTyped(name));

  // --- what could not be sent stays with this window, for this person, until it is sent --------
  function remembered() {
    try {
      return key && JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }
  function remember() {
    if (!key) return;
    const words = names.filter(isOpen).map((name) => [name, value(name), fields.get(name).mark.value]);
    try {
      sessionStorage.setItem(key, JSON.stringify({ words, at: Date.now() / 1000 }));
    } catch { /* the page itself still holds the words */ }
  }
  function forget(all) {
    for (const name of Object.keys(sessionStorage)) {
      const others = name.startsWith(PREFIX) && !name.startsWith(`${PREFIX}${form.dataset.person}:`);
      if (name === key || others || (all && name.startsWith(PREFIX))) sessionStorage.removeItem(name);
    }
  }

  let sequence = 0;
  let sending = null;
  let timer = null;
  let stopped = false; // the right is gone, or the time is over
  let leaving = false;

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

  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || field("csrfmiddlewaretoken").value;

  // Sends what has changed; true when the server has it all.
  async function keep(asks = false) {
    await working;
    while (sending) await sending;
    if (stopped) return false;
    const now = unsent();
    if (!now.length && !asks) return true;
    sending = send(now);
    const done = await sending;
    sending = null;
    if (!done) {
      if (!stopped) { remember(); if (now.length) later(AGAIN); }
      return false;
    }
    if (unsent().length) { later(PAUSE); return false; }
    if (key) forget(false);
    return true;
  }

  async function send(now) {
    sequence += 1;
    const sent = new Map(now.map((name) => [name, value(name)]));
    const typed = new Map(now.map((name) => [name, asTyped(name)]));
    const body = new URLSearchParams({ page, sequence, only: "1" });
    for (const [name, one] of fields) body.set(SEEN + name, one.mark.value);
    for (const [name, words] of sent) {
      for (const [other, said] of Object.entries(along(name))) body.set(other, said);
      body.set(name, words);
      fields.get(name).unsure = true;
    }
    if (!sent.size) for (const [other, said] of Object.entries(along(""))) body.set(other, said);
    let answer;
    try {
      answer = await fetch(form.dataset.draft, {
        method: "POST", body, redirect: "manual", credentials: "same-origin",
        headers: { "X-CSRFToken": token(), Accept: "application/json" },
      });
    } catch {
      if (sent.size) say("offline", "", true);
      return false;
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      say("signed_out", "", true);
      return false;
    }
    let told = null;
    try { told = await answer.json(); } catch { /* not ours */ }
    if (told && told.closed) {
      stopped = true;
      say("closed", "", true);
    } else if (answer.status === 403 || answer.status === 404) {
      say("forbidden", "", true);
    } else if (answer.status === 422 && told) {
      for (const [name, words] of typed) { fields.get(name).refused = words; fields.get(name).unsure = false; }
      say(told.said, "", true);
    } else if (answer.ok && told) {
      if (told.late) { sequence = Math.max(sequence, told.sequence); return false; }
      learn(sent, typed, told);
      return true;
    } else if (told && told.said) { // not now: it is tried again
      say(told.said, "", true);
    } else if (sent.size) {
      say("failed", "", true);
    }
    return false;
  }

  // --- what the server has told: of what was sent, and of what others have written -------------
  function learn(sent, typed, told) {
    for (const [name, words] of sent) {
      const one = fields.get(name);
      one.unsure = false;
      one.refused = null;
      if (name in told.seen) {
        one.kept = words;
        one.mark.value = told.seen[name];
        one.beside = null;
      } else if (told.beside.includes(name)) {
        one.beside = words;
      } else {
        one.beside = null;
        if (words !== one.kept) one.refused = typed.get(name);
      }
    }
    let again = told.more; // there is something that this page cannot show
    const news = new Map(Object.entries(told.news));
    for (const [name, one] of fields) { // somebody has put the two texts together
      if (one.beside === null || told.beside.includes(name)) continue;
      if (value(name) === one.beside) {
        if (!news.has(name)) news.set(name, { words: one.kept, seen: one.mark.value });
        one.kept = one.beside;
      }
      one.beside = null;
    }
    for (const [name, { words, seen }] of news) {
      const one = fields.get(name);
      if (!one || isOpen(name) || one.beside !== null) continue;
      const before = value(name);
      if (before !== words) {
        if (renew(name)) { again = true; continue; } // shown when the page is opened again
        fill(name, words);
        if (field(`${name}_again`)) fill(`${name}_again`, words);
        showNews(name, before);
      }
      one.kept = value(name);
      one.mark.value = seen;
    }
    for (const place of form.querySelectorAll("[data-beside]")) {
      const html = told.told[place.dataset.beside] || "";
      if (place.dataset.html !== html) { place.innerHTML = html; place.dataset.html = html; }
    }
    const writing = document.querySelector("[data-writing]");
    if (writing && writing.dataset.html !== told.writing) {
      writing.innerHTML = told.writing;
      writing.dataset.html = told.writing;
    }
    const more = document.querySelector("[data-more]");
    if (more) more.hidden = !again;
    if (told.unsent) {
      for (const place of document.querySelectorAll("[data-unsent]")) {
        place.hidden = !told.unsent.includes(place.dataset.unsent);
      }
    }
    if (told.write) {
      const address = new URL(told.write, location).href;
      if (form.action !== address) {
        form.action = address;
        form.dataset.draft = told.write;
        history.replaceState(null, "", told.write);
      }
      if (!("others" in form.dataset)) form.dataset.others = "";
    }
    if (told.unkept.length) say("unkept", "", true);
    else if (told.errors && told.errors.length) say(told.errors[0], "", true);
    else if (told.beside.length) say("beside", told.at, true);
    else if (told.outdated) say("outdated", told.at, true);
    else if (sent.size) say("kept", told.at);
  }

  // Other words in a field are never put there in silence, and what stood there can be read.
  function showNews(name, before) {
    const place = form.querySelector(`[data-beside="${CSS.escape(name)}"]`);
    if (!place) return;
    const old = place.parentElement.querySelector(`[data-news="${CSS.escape(name)}"]`);
    if (old) old.remove();
    const box = document.createElement("div");
    box.className = "field-news";
    box.dataset.news = name;
    box.setAttribute("role", "status");
    const told = document.createElement("p");
    told.textContent = sayings.news;
    box.append(told);
    if (before.trim()) {
      const fold = document.createElement("details");
      const summary = document.createElement("summary");
      const words = document.createElement("blockquote");
      summary.textContent = sayings.before;
      words.className = "theirs as-written";
      words.textContent = before;
      fold.append(summary, words);
      box.append(fold);
    }
    place.before(box);
  }

  // --- when it is sent and asked ----------------------------------------------------------------
  const before = remembered();
  if (before && before.at > Number(form.dataset.keptAt || 0) && Array.isArray(before.words)) {
    let restored = false;
    for (const [name, words, seen] of before.words) {
      const one = fields.get(name);
      if (!one || words === value(name)) continue;
      fill(name, words);
      one.mark.value = seen; // what this window showed when they were typed
      restored = true;
    }
    if (restored) { say("restored", "", true); later(0); }
  } else if (key) {
    forget(false);
  }
  if (unsent().length) later(0); // the browser has brought words back

  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") later(PAUSE);
  });
  const asks = () => { if ("others" in form.dataset && !document.hidden && !leaving) keep(true); };
  setInterval(() => { if (form.dataset.others === "often") asks(); }, ASKED);
  window.addEventListener("online", () => keep());
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); else asks(); });
  window.addEventListener("focus", asks);

  // Saving waits until the draft has arrived: a lost session or network then costs nothing.
  form.addEventListener("submit", async (event) => {
    if (leaving) { event.preventDefault(); return; } // a double click is one
    leaving = true;
    form.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = null;
    if (!waits) { field("sequence").value = sequence + 1; return; }
    event.preventDefault();
    const settled = async () => (await keep()) || !unsent().length || stopped;
    const there = (await settled()) || (await settled());
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
  window.addEventListener("pageshow", () => { leaving = false; form.removeAttribute("aria-busy"); });
  for (const again of document.querySelectorAll("[data-again]")) {
    again.addEventListener("click", async () => { await keep(); location.assign(form.action); });
  }
  for (const other of document.querySelectorAll("[data-leaves]")) { // throwing the words away
    other.addEventListener("submit", () => {
      leaving = stopped = true;
      if (other.elements.page) other.elements.page.value = page;
      if (key) forget(false);
    });
  }

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && names.some(isOpen)) { remember(); event.preventDefault(); }
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
