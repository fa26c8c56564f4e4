// A long list of boxes as a search field with chips: what is typed narrows the list, what is ticked stands above it.
// Without JavaScript the whole list is there.
for (const list of document.querySelectorAll("[data-search]")) make(list);
document.addEventListener("htmx:load", (event) => {
  for (const list of event.target.querySelectorAll?.("[data-search]") ?? []) make(list);
});

function make(list) {
  if (list.dataset.made) return;
  list.dataset.made = "1";
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  const name = (box) => box.labels[0]?.textContent.trim() ?? "";
  const search = document.createElement("input");
  search.type = "search";
  search.className = "form-input";
  search.autocomplete = "off";
  search.setAttribute("aria-label", list.dataset.search);
  const told = document.createElement("p");
  told.className = "sr-only";
  told.setAttribute("role", "status");
  const chips = document.createElement("ul");
  chips.className = "chips";
  list.querySelector("legend").after(chips, search, told);

  const show = () => {
    const words = search.value.trim().toLocaleLowerCase("da");
    let found = 0;
    boxes.forEach((box, place) => {
      const fits = words ? name(box).toLocaleLowerCase("da").includes(words) : place < Number(list.dataset.few);
      box.parentElement.hidden = !fits;
      found += fits;
    });
    told.textContent = words ? list.dataset.found.replace("#", found) : "";
  };
  const chosen = () => {
    chips.replaceChildren(...boxes.filter((box) => box.checked).map((box) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = `${name(box)} ×`;
      button.setAttribute("aria-label", list.dataset.remove.replace("#", name(box)));
      button.addEventListener("click", () => {
        box.checked = false;
        chosen();
        search.focus();
      });
      item.append(button);
      return item;
    }));
  };
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // Enter takes the first that fits; the form is saved by its button
    const first = boxes.find((box) => !box.parentElement.hidden && !box.checked);
    if (!first || !search.value.trim()) return;
    first.checked = true;
    search.value = "";
    show();
    chosen();
  });
  list.addEventListener("change", chosen);
  show();
  chosen();
}
