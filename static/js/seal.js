// The seal of a version computed by the browser itself, from what everybody is given: every part,
// the seal, and its place in the chain. How: plans/document/sealed_form.py.
"use strict";

(function () {
  const script = document.currentScript;
  const words = document.querySelector("[data-words]").dataset;
  const told = document.querySelector("[data-told]");
  const box = told.parentElement;
  for (const one of document.querySelectorAll("[data-browser]")) one.hidden = false;

  const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const sha256 = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

  // Sorted keys and no spaces: what is sealed holds only objects, lists, strings and whole numbers.
  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const pairs = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${pairs.join(",")}}`;
  }

  async function given(address) {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function stateOf(block) {
    if (block.removed_on) return "hidden";
    const found = await sha256(`${block.salt || ""}\n${block.content || ""}`);
    return found === block.digest ? "same" : "changed";
  }

  const sealOf = (form) => sha256(canonical({
    previous: form.previous,
    facts: form.facts,
    blocks: form.blocks.map((block) => [block.anchor, block.digest || ""]),
  }));

  async function check() {
    const form = await given(script.dataset.sealed);
    const states = new Map();
    for (const block of form.blocks) states.set(block.anchor, await stateOf(block));
    for (const cell of document.querySelectorAll("[data-part]")) {
      const state = states.get(cell.dataset.part) || "changed";
      states.set(cell.dataset.part, state);
      cell.textContent = words[state];
    }
    const faults = [];
    const changed = [...states.values()].filter((state) => state === "changed").length;
    if (changed) faults.push(words.parts.replace("{n}", changed));
    if (await sealOf(form) !== form.seal) faults.push(words.unsealed);
    if (form.seal !== document.querySelector("[data-seal]").textContent.trim()) faults.push(words.other);
    if (script.dataset.before) {
      const before = await given(script.dataset.before);
      if (before.seal !== form.previous || await sealOf(before) !== before.seal) faults.push(words.chain);
    }
    box.dataset.found = faults.length ? "not" : "ok";
    told.textContent = faults.length ? [words.not, ...faults].join(" ") : words.ok;
  }

  if (!window.crypto || !crypto.subtle) told.textContent = words.unable;
  else check().catch(() => { told.textContent = words.failed; });
})();
