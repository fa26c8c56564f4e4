// What the frame of the workspace does more where there is JavaScript; without it all of it is there too.

// The names of folded rooms come on focus and hover; Escape sends them away until one leaves (WCAG 1.4.13).
const rooms = document.querySelector(".plan-rooms");
for (const left of ["mouseout", "focusout"]) {
  rooms?.addEventListener(left, () => rooms.classList.remove("names-away"));
}

// A menu closes on Escape, and when one goes elsewhere.
const open = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  rooms?.classList.add("names-away");
  for (const menu of open()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});
for (const going of ["click", "focusin"]) {
  document.addEventListener(going, (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
}
