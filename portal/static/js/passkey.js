/* Asks the browser for a passkey and puts its answer into the form around the button. */
(() => {
  const form = document.querySelector("form[data-passkey]");
  const options = document.getElementById("passkey-options");
  if (!form || !options) return;
  const trouble = form.querySelector(".second-factor__trouble");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    const asked = JSON.parse(options.textContent);
    try {
      const credential =
        form.dataset.passkey === "create"
          ? await window.webauthnJSON.create(asked.creation_options)
          : await window.webauthnJSON.get(asked.request_options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
})();
