// Dragging a section to another place: a comfort beside the buttons, which do the same.
(function () {
  "use strict";
  const list = document.querySelector("[data-outline]");
  if (!list) return;
  const status = document.querySelector("[data-outline-said]");
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const lines = [...list.children];
  let dragged = null;
  let target = null;

  const clear = () => lines.forEach((line) => line.classList.remove("is-before", "is-under"));

  // The upper half of a line means before it, the lower half under it.
  function aim(line, y) {
    const box = line.getBoundingClientRect();
    return y < box.top + box.height / 2 ? "is-before" : "is-under";
  }

  async function place(line, how) {
    const under = how === "is-under" ? line.dataset.uid : line.dataset.under;
    const beside = lines.filter((one) => one.dataset.under === under && one !== dragged);
    const position = how === "is-under" ? beside.length : beside.indexOf(line);
    const answer = await fetch(dragged.dataset.move, {
      method: "POST", redirect: "manual", credentials: "same-origin",
      body: new URLSearchParams({ under, plads: position }),
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
    }).catch(() => null);
    if (answer && answer.ok) {
      location.hash = dragged.id;
      location.reload();
    } else {
      status.className = "";
      status.textContent = list.dataset.failed;
    }
  }

  for (const line of lines) {
    line.draggable = true;
    line.addEventListener("dragstart", (event) => {
      dragged = line;
      line.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", line.dataset.uid);
    });
    line.addEventListener("dragend", () => {
      line.classList.remove("is-dragged");
      clear();
    });
    line.addEventListener("dragover", (event) => {
      if (!dragged || line === dragged) return;
      event.preventDefault();
      clear();
      target = aim(line, event.clientY);
      line.classList.add(target);
    });
    line.addEventListener("drop", (event) => {
      event.preventDefault();
      clear();
      if (dragged && line !== dragged) place(line, aim(line, event.clientY));
    });
  }
})();
