// Passkeys: the browser answers the server's challenge and the form carries the answer.
// Forms marked data-passkey are hidden until it is known that the browser can do it.
(() => {
  "use strict";
  if (!window.webauthnJSON || !window.webauthnJSON.supported()) return;

  const optionsOf = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsFrom, {
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    });
    return (await answer.json()).request_options;
  };

  const create = (form, options) => {
    const alone = form.elements.passwordless;
    if (alone) {
      const choice = options.publicKey.authenticatorSelection;
      choice.residentKey = alone.checked ? "required" : "discouraged";
      choice.requireResidentKey = alone.checked;
      if (alone.checked) choice.userVerification = "required";
    }
    return window.webauthnJSON.create(options);
  };

  const answer = async (form) => {
    const complaint = form.querySelector("[role=alert]");
    if (complaint) complaint.hidden = true;
    try {
      const options = await optionsOf(form);
      const credential = form.dataset.passkey === "create"
        ? await create(form, options)
        : await window.webauthnJSON.get(options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      if (complaint) complaint.hidden = false;
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form);
    });
  }
})();
