// A person has opened an invited party's link: told by the page itself, because mail programs fetch
// addresses too, and fetching an address changes nothing.
"use strict";

(function () {
  const form = document.querySelector("[data-opened]");
  if (!form) return;
  const tell = () => {
    if (document.hidden) return;
    document.removeEventListener("visibilitychange", tell);
    const body = new FormData(form);
    body.append("opened", "1");
    fetch(location.pathname, { method: "POST", body, credentials: "same-origin" }).catch(() => {});
  };
  document.addEventListener("visibilitychange", tell);
  tell();
})();
