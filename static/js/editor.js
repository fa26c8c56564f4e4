// The editor of rich text in a form: runs before it, and replaces its English words.
(function () {
  "use strict";
  const form = document.querySelector("[data-write], [data-rich]");
  if (!form) return;
  const said = JSON.parse(document.getElementById("editor-words").textContent);

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

  // --- who writes before the editor is there writes in the box it takes over, and writes on ----
  // What had the focus last: a box that is taken away does not have it any more.
  let last = document.activeElement; // perhaps before this script ran
  document.addEventListener("focusin", (event) => { last = event.target; });

  function lettersBefore(box) {
    const html = box.value.slice(0, box.selectionEnd).replace(/>\s+</g, "><");
    return new DOMParser().parseFromString(html, "text/html").body.textContent.length;
  }
  function positionAfter(letters, text) {
    let left = letters, found = null;
    text.descendants((node, at) => {
      if (found === null && node.isText) {
        if (left <= node.text.length) found = at + left;
        left -= node.text.length;
      }
      return found === null;
    });
    return found === null ? "end" : found;
  }
  // The editor puts its caret back a moment after it gets the focus, and hears of a moved caret only
  // when the browser comes to it. Whoever presses keys quickly, or on a busy machine, then writes
  // somewhere else. So the caret is put in its place at once and never again, and before each key
  // the editor is told where it is.
  function caretAtOnce({ view }) {
    view.dom.addEventListener("focus", () => {
      view.focused = true; // it puts nothing back where the focus is no news
      view.dom.classList.add("ProseMirror-focused");
    }, { capture: true });
    view.dom.addEventListener("focus", () => {
      view.input.lastFocus = 0; // nor where the caret goes to the beginning
      view.focus();
    });
    view.dom.addEventListener("keydown", () => {
      document.dispatchEvent(new Event("selectionchange"));
    }, { capture: true });
  }
  form.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    caretAtOnce(editor);
    if (last !== textarea || document.activeElement !== document.body) return;
    editor.commands.focus(positionAfter(lettersBefore(textarea), editor.state.doc));
  });
})();
