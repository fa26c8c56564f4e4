// The names of folded rooms come on focus and hover; Escape sends them away until one leaves (WCAG 1.4.13).
const rooms = document.querySelector(".plan-rooms");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") rooms?.classList.add("names-away");
});
for (const left of ["mouseout", "focusout"]) {
  rooms?.addEventListener(left, () => rooms.classList.remove("names-away"));
}
