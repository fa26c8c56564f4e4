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
})();
