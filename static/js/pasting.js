// What is pasted from Word and its like is read by the server, by the same reader as a document that
// is read in; here it is only asked for, and put in where the caret was. One step of undo takes it
// back. If the server cannot be asked, the editor puts it in by itself and says so: nothing that was
// pasted is lost, and whoever saves meanwhile has it in the text.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const LONGEST = 4_000_000; // letters; the server refuses more
const PATIENCE = 20_000; // milliseconds
const DATA = /(\bsrc\s*=\s*["']?data:)[^"'\s>]+/gi; // pictures do not come along, so they are not sent
const READ = "p,div,li,table,h1,h2,h3,h4,h5,h6,blockquote,pre,br,ins,del,a[href*='#'],b[id],[data-img]";
const said = () => JSON.parse(document.getElementById("editor-words").textContent).pasting;

export const PlanPaste = Extension.create({
  name: "planPaste",
  addProseMirrorPlugins() {
    const form = this.editor.options.element.closest("form");
    if (!form || !form.dataset.paste) return [];
    const desk = new PasteDesk(this.editor, form);
    return [new Plugin({ props: {
      handlePaste: (view, event, slice) => desk.take(event, event.clipboardData, slice, view.state.selection),
      handleDrop(view, event, slice, moved) {
        const there = !moved && view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (!there) return false;
        const place = pm.state.Selection.near(view.state.doc.resolve(there.pos));
        return desk.take(event, event.dataTransfer, slice, place);
      },
      transformPastedHTML: bare,
    } })];
  },
});

// What other programs hand over as HTML; not what was copied here, nor what is a picture alone.
function foreign(data) {
  const html = data ? data.getData("text/html") : "";
  if (!html || /\sdata-pm-slice=/i.test(html)) return "";
  const { body } = new DOMParser().parseFromString(looked(html), "text/html");
  if (!body.querySelector(READ)) return ""; // some words of a line: the editor takes them as they are
  return body.textContent.trim() || (!data.files.length && body.querySelector("[data-img]")) ? html : "";
}

// Without what the policy would complain of; nothing of it would have been kept.
function bare(html) {
  return html.replace(/\s(?:style|on[a-z]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "")
    .replace(/<(\/?)style\b/gi, "<$1template");
}

// For a look at its words: nothing is fetched.
const looked = (html) => bare(html).replace(/<img\b/gi, "<i data-img");

class PasteDesk {
  constructor(editor, form) {
    this.editor = editor;
    this.form = form;
    this.waiting = new Set();
    this.putting = false;
    this.before = Promise.resolve(); // one is asked for after the other
    editor.on("transaction", ({ transaction }) => this.follow(transaction));
    // Whoever saves or leaves has what was pasted in the text.
    form.addEventListener("submit", () => this.atOnce(), true);
    window.addEventListener("pagehide", () => this.atOnce(), true);
  }
  get place() {
    return this.form.querySelector("[data-paste-state]");
  }
  tell(words) {
    if (this.place) this.place.textContent = words || "";
  }
  take(event, data, slice, { from, to }) {
    const html = this.putting || this.editor.view.input.shiftKey ? "" : foreign(data);
    if (!html) return false;
    event.preventDefault();
    const left = this.place ? this.place.textContent : ""; // images, told while it was looked at
    const one = { from, to, slice, left, html: html.replace(DATA, "$1") };
    this.waiting.add(one);
    this.tell(said().reading);
    this.before = this.before.then(() => this.ask(one));
    return true;
  }
  // Where it belongs, while somebody writes on: what is written at the same place comes after it, what
  // was pasted there earlier before it.
  follow(transaction) {
    if (!transaction.docChanged) return;
    const side = this.putting ? 1 : -1;
    for (const one of this.waiting) {
      one.from = transaction.mapping.map(one.from, side);
      one.to = Math.max(one.from, transaction.mapping.map(one.to, side));
    }
  }
  async ask(one) {
    if (!this.waiting.has(one)) return;
    this.tell(said().reading);
    const answer = one.html.length > LONGEST ? { refused: said().too_large } : await this.send(one.html);
    if (!this.waiting.has(one)) return; // put in already
    if (answer.html || answer.said) this.put(one, this.parsed(answer.html), answer.said);
    else this.byItself(one, answer.refused);
  }
  atOnce() {
    for (const one of this.waiting) this.byItself(one);
  }
  byItself(one, why) {
    this.put(one, one.slice, [why, said().by_itself, one.left].filter(Boolean).join(" "));
  }
  async send(html) {
    const body = new FormData();
    body.append("html", html);
    const token = (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(this.form.dataset.paste, {
        method: "POST", body, redirect: "manual", credentials: "same-origin", signal: stop.signal,
        headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      if (answer.type === "opaqueredirect" || answer.status === 401) return { refused: said().signed_out };
      return answer.ok || answer.status === 422 ? await answer.json() : {};
    } catch {
      return {};
    } finally {
      clearTimeout(clock);
    }
  }
  parsed(html) {
    const { view } = this.editor;
    return pm.view.__parseFromClipboard(view, "", html || "<p></p>", false, view.state.selection.$from);
  }
  put(one, slice, words) {
    this.waiting.delete(one);
    const { view } = this.editor;
    if (slice && slice.content.size) this.insert(view, one, slice);
    this.tell(words);
  }
  insert(view, { from, to }, slice) {
    const { doc, selection } = view.state;
    const stays = selection.from === from && selection.to === to;
    const mark = selection.getBookmark();
    const place = pm.state.TextSelection.between(doc.resolve(from), doc.resolve(to));
    view.dispatch(pm.history.closeHistory(view.state.tr.setSelection(place)));
    this.putting = true;
    let mapping = new pm.transform.Mapping();
    const gather = ({ transaction }) => mapping.appendMapping(transaction.mapping);
    this.editor.on("transaction", gather);
    try {
      const empty = new ClipboardEvent("paste", { clipboardData: new DataTransfer() });
      if (!view.someProp("handlePaste", (take) => take(view, empty, slice))) {
        view.dispatch(view.state.tr.replaceSelection(slice).setMeta("paste", true).setMeta("uiEvent", "paste"));
      }
    } finally {
      this.editor.off("transaction", gather);
      this.putting = false;
    }
    const after = pm.history.closeHistory(view.state.tr);
    if (!stays) after.setSelection(mark.map(mapping).resolve(view.state.doc));
    view.dispatch(after.scrollIntoView());
  }
}
