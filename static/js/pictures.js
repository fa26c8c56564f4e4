// Images and footnotes in the editor. An image is a block of its own and always one of the
// house's; it comes in through the dialogue, which asks what it shows. A footnote is a number in
// the line; its words are written in a dialogue. No mark-up that was pasted is ever put into the
// page as it is: everything is built anew from addresses and words.
import { Document as BaseDocument, Node, Plugin } from "django-prose-editor/editor";

const OURS = /^\/billeder\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/$/;
const KINDS = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const words = () => JSON.parse(document.getElementById("editor-words").textContent);
const said = (name) => words().pictures[name] || name;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// --- images ------------------------------------------------------------------------------------

// The address of an image of the house, or null; pasted ones name the host too.
function ourAddress(image) {
  let url;
  try {
    url = new URL(image.getAttribute("src") || "", location.href);
  } catch {
    return null;
  }
  return url.origin === location.origin && OURS.test(url.pathname) ? url.pathname : null;
}

function attributesOf(image) {
  const src = image && ourAddress(image);
  return src ? { src, alt: (image.getAttribute("alt") || "").replace(/\s+/g, " ").trim() } : false;
}

// Images stand between paragraphs, never within a list, a quotation or a table.
export const Document = BaseDocument.extend({ content: "(block | planFigure)+" });

export const PlanFigure = Node.create({
  name: "planFigure",
  content: "inline*",
  isolating: true,
  defining: true,
  draggable: true,
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" } }),
  parseHTML: () => [
    {
      tag: "figure",
      getAttrs: (figure) => attributesOf(figure.querySelector("img")),
      contentElement: (figure) => figure.querySelector("figcaption") || document.createElement("p"),
    },
    { tag: "img", getAttrs: attributesOf, contentElement: () => document.createElement("p") },
  ],
  renderHTML: ({ node }) => [
    "figure", {}, ["img", { src: node.attrs.src, alt: node.attrs.alt }], ["figcaption", {}, 0],
  ],
  addNodeView() {
    return ({ node, editor, getPos }) => new FigureView(node, editor, getPos);
  },
  addKeyboardShortcuts: () => ({ Enter: ({ editor }) => leave(editor) }),
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "planFigure",
      groups: "pictures",
      button: buttons.material("image", "image"),
      active: (editor) => editor.isActive("planFigure"),
      command: (editor) => pictureDialog.open(editor, { at: selected(editor) }),
    });
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    return [new Plugin({ props: {
      handlePaste: (_view, event) => takeFile(editor, event, event.clipboardData),
      handleDrop: (view, event, _slice, moved) => {
        if (moved || !takeFile(editor, event, event.dataTransfer)) return false;
        const there = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (there) editor.commands.setTextSelection(there.pos);
        return true;
      },
      transformPastedHTML: (html) => tellLeftOut(bare(html)),
    } })];
  },
});

class FigureView {
  constructor(node, editor, getPos) {
    this.image = element("img", { draggable: "false" });
    this.told = element("span", { class: "figure-alt-words" });
    const change = element("button", { type: "button", class: "function-link" }, said("change"));
    const remove = element("button", { type: "button", class: "function-link" }, said("remove"));
    change.addEventListener("click", () => pictureDialog.open(editor, { at: getPos() }));
    remove.addEventListener("click", () => {
      const at = getPos();
      const size = editor.state.doc.nodeAt(at).nodeSize;
      editor.chain().deleteRange({ from: at, to: at + size }).focus().run();
    });
    this.contentDOM = element("figcaption", { "data-hint": said("caption") });
    this.dom = element("figure", { class: "plan-figure" }, this.image,
      element("div", { class: "figure-alt", contenteditable: "false" }, this.told, change, remove),
      this.contentDOM);
    this.update(node);
  }
  update(node) {
    if (node.type.name !== "planFigure") return false;
    if (this.image.getAttribute("src") !== node.attrs.src) this.image.src = node.attrs.src;
    this.image.alt = node.attrs.alt;
    this.told.textContent = node.attrs.alt
      ? said("alt").replace("{alt}", node.attrs.alt) : said("no_alt");
    this.told.classList.toggle("is-missing", !node.attrs.alt);
    this.contentDOM.classList.toggle("is-empty", node.content.size === 0);
    return true;
  }
  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
  stopEvent(event) {
    return Boolean(event.target.closest && event.target.closest(".figure-alt"));
  }
}

// Where the image is that the caret stands in or that is marked; null where there is none.
function selected(editor) {
  const { $from, node, from } = editor.state.selection;
  if (node && node.type.name === "planFigure") return from;
  return $from.depth > 0 && $from.node(1).type.name === "planFigure" ? $from.before(1) : null;
}

function leave(editor) {
  const at = selected(editor);
  if (at === null) return false;
  const end = at + editor.state.doc.nodeAt(at).nodeSize;
  return editor.chain().insertContentAt(end, { type: "paragraph" }).setTextSelection(end + 1)
    .scrollIntoView().run();
}

// Without what the policy would only complain of; nothing of it would have been kept.
const bare = (html) => html.replace(/\s(?:style|on[a-z]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "")
  .replace(/<(\/?)style\b/gi, "<$1template")
  .replace(/<b\b(?=[^<>]{0,300}\bid="?docs-internal)/gi, "<span"); // Google Docs says there it is not bold
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

// A file alone comes in through the dialogue. Word sends a picture of the words along with them:
// then the words count.
function takeFile(editor, event, data) {
  const file = data && [...data.files].find((one) => KINDS.includes(one.type));
  if (!file) return false;
  const html = data.getData("text/html");
  const pasted = html && parsed(bare(html)).body;
  if (pasted && pasted.textContent.trim()) return false;
  if (pasted && [...pasted.querySelectorAll("img")].some(ourAddress)) return false;
  event.preventDefault();
  pictureDialog.open(editor, { at: null, file });
  return true;
}

function tellLeftOut(html) {
  const left = [...parsed(html).querySelectorAll("img")].filter((one) => !ourAddress(one));
  const place = document.querySelector("[data-paste-state]");
  if (place) place.textContent = left.length ? said(left.length > 1 ? "left_out_many" : "left_out") : "";
  return html;
}

class PictureDialog {
  constructor() {
    this.dialog = document.getElementById("picture-dialog");
    if (!this.dialog) return;
    this.form = this.dialog.querySelector("form");
    this.file = this.form.elements.namedItem("file");
    this.alt = this.form.elements.namedItem("alt");
    this.preview = this.dialog.querySelector("[data-preview]");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.keep(); });
    this.file.addEventListener("change", () => this.show(this.file.files[0]));
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.editor.commands.focus());
    for (const name of ["dragover", "drop"]) this.dialog.addEventListener(name, (event) => {
      event.preventDefault();
      if (name === "drop" && !this.changing) this.take(event.dataTransfer.files[0]);
    });
  }
  open(editor, { at, file }) {
    this.editor = editor;
    this.at = at;
    this.changing = at !== null && at !== undefined;
    this.form.reset();
    this.errors({});
    this.chosen = null;
    this.preview.hidden = true;
    const node = this.changing ? editor.state.doc.nodeAt(at) : null;
    this.dialog.querySelector("[data-choose]").hidden = this.changing;
    if (node) {
      this.alt.value = node.attrs.alt;
      this.preview.src = node.attrs.src;
      this.preview.hidden = false;
    }
    this.dialog.showModal();
    if (file) this.take(file);
    (this.changing || file ? this.alt : this.file).focus();
  }
  take(file) {
    if (!file) return;
    const carried = new DataTransfer();
    carried.items.add(file);
    this.file.files = carried.files;
    this.show(file);
  }
  show(file) {
    this.chosen = file || null;
    this.preview.hidden = true;
    if (!file || !KINDS.includes(file.type)) return;
    const reader = new FileReader(); // the policy lets data: in, and no blob:
    reader.addEventListener("load", () => {
      if (this.chosen !== file) return;
      this.preview.src = reader.result;
      this.preview.hidden = false;
    });
    reader.readAsDataURL(file);
  }
  errors(found) {
    for (const place of this.dialog.querySelectorAll("[data-error]")) {
      const messages = found[place.dataset.error] || [];
      place.textContent = messages.join(" ");
      place.hidden = !messages.length;
      const field = this.form.elements.namedItem(place.dataset.error);
      if (field) {
        field.toggleAttribute("aria-invalid", Boolean(messages.length));
        field.closest(".form-group").classList.toggle("form-error", Boolean(messages.length));
      }
    }
    const first = [this.file, this.alt].find((field) => found[field.name]);
    if (first) first.focus();
  }
  async keep() {
    const alt = this.alt.value.replace(/\s+/g, " ").trim();
    if (this.changing) {
      if (!alt) return this.errors({ alt: [said("alt_required")] });
      const { editor, at } = this;
      const node = editor.state.doc.nodeAt(at);
      editor.view.dispatch(editor.state.tr.setNodeMarkup(at, null, { ...node.attrs, alt }));
      return this.dialog.close();
    }
    if (this.sending) return undefined;
    this.sending = true;
    this.dialog.querySelector("[type=submit]").setAttribute("aria-disabled", "true");
    const told = await this.send();
    this.sending = false;
    this.dialog.querySelector("[type=submit]").removeAttribute("aria-disabled");
    if (told.errors) return this.errors(told.errors);
    this.insert(told);
    return this.dialog.close();
  }
  async send() {
    const body = new FormData(this.form);
    const token = (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
    try {
      const answer = await fetch(this.form.action, {
        method: "POST", body, redirect: "manual", credentials: "same-origin",
        headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        return { errors: { all: [words().sayings.signed_out] } };
      }
      if (answer.ok || answer.status === 422) return await answer.json();
      if (answer.status === 413) return { errors: { file: [said("too_large")] } };
      return { errors: { all: [said("failed")] } };
    } catch {
      return { errors: { all: [said("failed")] } };
    }
  }
  insert({ src, alt }) {
    const { editor } = this;
    const { $from } = editor.state.selection;
    const node = { type: "planFigure", attrs: { src, alt } };
    const block = $from.depth ? $from.node(1) : null;
    const empty = block && block.type.name === "paragraph" && !block.content.size;
    const at = empty ? { from: $from.before(1), to: $from.after(1) }
      : $from.depth ? $from.after(1) : editor.state.selection.to;
    editor.chain().insertContentAt(at, [node, { type: "paragraph" }]).run();
  }
}

// --- footnotes -----------------------------------------------------------------------------------

// The words of a note as they are written in the dialogue: *italic*, **bold**, [words](address).
const SAFE_LINK = /^(https?:|mailto:|\/(?!\/)|#)/i;
const MARKED = /\\([\\*[\]])|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:.*?\S)?)\*|\[((?:\\.|[^\\[\]])+)\]\(([^\s()]+)\)/s;

function toWords(node) {
  if (node.nodeType === 3) return node.data.replace(/[\\*[\]]/g, "\\$&");
  const inner = [...node.childNodes].map(toWords).join("");
  const trimmed = inner.trim();
  const around = (sign) => inner.replace(trimmed, () => `${sign}${trimmed}${sign}`);
  const tag = node.nodeName;
  if (!trimmed) return inner;
  if (tag === "EM" || tag === "I") return around("*");
  if (tag === "STRONG" || tag === "B") return around("**");
  const href = tag === "A" ? node.getAttribute("href") || "" : "";
  if (SAFE_LINK.test(href)) {
    const safe = href.replace(/[\s()]/g, encodeURIComponent).replace(/\(/g, "%28").replace(/\)/g, "%29");
    return `[${inner}](${safe})`;
  }
  return tag === "BR" || tag === "P" ? ` ${inner} ` : inner;
}

function fromWords(text) {
  const made = [];
  let rest = text;
  while (rest) {
    const found = MARKED.exec(rest);
    if (!found) break;
    if (found.index) made.push(rest.slice(0, found.index));
    const [whole, literal, strong, em, link, href] = found;
    if (literal) made.push(literal);
    else if (strong) made.push(element("strong", {}, ...fromWords(strong)));
    else if (em) made.push(element("em", {}, ...fromWords(em)));
    else if (SAFE_LINK.test(href)) made.push(element("a", { href }, ...fromWords(link)));
    else made.push(whole);
    rest = rest.slice(found.index + whole.length);
  }
  if (rest) made.push(rest);
  return made;
}

export const PlanNote = Node.create({
  name: "planNote",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  addAttributes: () => ({ words: { default: "" } }),
  parseHTML: () => [{
    tag: "span.note",
    getAttrs: (span) => {
      const text = toWords(span).replace(/\s+/g, " ").trim();
      return text ? { words: text } : false;
    },
  }],
  renderHTML: ({ node }) => element("span", { class: "note" }, ...fromWords(node.attrs.words)),
  addNodeView() {
    return ({ node, editor, getPos }) => {
      // No <button>: browsers would put the caret into it.
      const button = element("span", { role: "button", tabindex: "0", class: "note-mark" });
      const dom = element("sup", { class: "note-place", contenteditable: "false" }, button);
      const tell = (shown) => {
        const text = fromWords(shown.attrs.words).map((one) => one.textContent || one).join("");
        button.setAttribute("aria-label", said("note").replace("{note}", text));
        button.title = text;
      };
      button.addEventListener("click", () => noteDialog.open(editor, getPos()));
      button.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        noteDialog.open(editor, getPos());
      });
      tell(node);
      return {
        dom,
        update: (next) => next.type.name === "planNote" && (tell(next), true),
        ignoreMutation: () => true,
        stopEvent: (event) => event.type === "click" || event.type === "keydown",
      };
    };
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "planNote",
      groups: "pictures",
      button: buttons.text(said("note_button"), "footnote"),
      active: (editor) => editor.isActive("planNote"),
      command: (editor) => {
        const { node, from } = editor.state.selection;
        noteDialog.open(editor, node && node.type.name === "planNote" ? from : null);
      },
    });
  },
});

class NoteDialog {
  constructor() {
    this.dialog = document.getElementById("note-dialog");
    if (!this.dialog) return;
    this.form = this.dialog.querySelector("form");
    this.words = this.form.elements.namedItem("words");
    this.error = this.dialog.querySelector("[data-error]");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.keep(); });
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.remover = this.dialog.querySelector("[data-remove]");
    this.remover.addEventListener("click", () => {
      this.editor.chain().deleteRange({ from: this.at, to: this.at + 1 }).run();
      this.dialog.close();
    });
    this.dialog.addEventListener("close", () => this.editor.commands.focus());
  }
  open(editor, at) {
    this.editor = editor;
    this.at = at;
    this.fail("");
    this.words.value = at === null ? "" : editor.state.doc.nodeAt(at).attrs.words;
    this.remover.hidden = at === null;
    this.dialog.showModal();
    this.words.focus();
  }
  fail(message) {
    this.error.textContent = message;
    this.error.hidden = !message;
    this.words.toggleAttribute("aria-invalid", Boolean(message));
    this.words.closest(".form-group").classList.toggle("form-error", Boolean(message));
  }
  keep() {
    const text = this.words.value.replace(/\s+/g, " ").trim();
    if (!text) { this.fail(said("note_required")); this.words.focus(); return; }
    const { editor, at } = this;
    if (at === null) {
      const to = editor.state.selection.to; // what is marked stays; the note comes after it
      editor.chain().insertContentAt(to, { type: "planNote", attrs: { words: text } }).run();
    } else {
      editor.view.dispatch(editor.state.tr.setNodeMarkup(at, null, { words: text }));
    }
    this.dialog.close();
  }
}

const pictureDialog = new PictureDialog();
const noteDialog = new NoteDialog();
