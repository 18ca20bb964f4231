// <button data-passkey="addForm" data-credential="id" data-passwordless="id" data-options="id of the JSON">:
// wires a button to allauth's passkey code, which keeps no inline script of its own here.
for (const button of document.querySelectorAll("button[data-passkey]")) {
  const { passkey, credential, passwordless, options } = button.dataset;
  const role = { addForm: "add", signupForm: "signup", loginForm: "login", authenticateForm: "authenticate" }[passkey];
  window.allauth.webauthn.forms[passkey]({ ids: { [role]: button.id, credential, passwordless, data: options } });
  button.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-passkey-fault]")) note.hidden = false;
});
