// <form data-keep>: what is typed survives an accident (a lost connection, a closed page) until it was accepted.
// Kept in this tab only; never passwords, files, hidden fields or fields with data-not-kept. data-keep-text is the sentence shown after restoring;
// data-keep-as names a form that is sent to several addresses, such as one in each language; data-given is the value of
// a box that the address asks to be ticked, whatever was kept.
// <… data-kept-under="/path/" hidden>: shown where something is kept for a form that is sent to below that address.
const SENT = "keep:sent";
const UNKEPT = ["password", "file", "hidden", "submit", "button"];
const forms = [...document.querySelectorAll("form[data-keep]")];
const sentTo = (form) => new URL(form.getAttribute("action") || "", location).pathname; // also where it was refused
const keyOf = (form) => `keep:${form.dataset.keepAs || sentTo(form)}:${form.dataset.keep || forms.indexOf(form)}`;
const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !UNKEPT.includes(field.type) && !("notKept" in field.dataset));
const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const refused = document.querySelector("[data-error-summary], [data-fault]");

function save(form) {
  const typed = fieldsOf(form).map((field) => [field.name, field.value, isTick(field) ? field.checked : null]);
  sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
}

function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) || "[]");
  let changed = false;
  for (const [name, value, checked] of kept) {
    const field = fieldsOf(form).find((one) => one.name === name && (!isTick(one) || one.value === value));
    if (!field || (isTick(field) ? field.checked === checked : field.value === value)) continue;
    if (isTick(field) && field.value === form.dataset.given) continue;
    if (isTick(field)) field.checked = checked;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const folded = field.closest("details");
    if (folded) folded.open = true; // what was kept is seen
    changed = true;
  }
  if (!changed || !form.dataset.keepText) return;
  const note = Object.assign(document.createElement("p"), { className: "small soft", textContent: form.dataset.keepText });
  note.setAttribute("role", "status");
  form.prepend(note);
}

for (const key of JSON.parse(sessionStorage.getItem(SENT) || "[]")) if (!refused) sessionStorage.removeItem(key);
sessionStorage.removeItem(SENT); // what was refused stays kept, also when the reader goes on to another language

for (const form of forms) {
  if (!refused) restore(form);
  form.addEventListener("input", () => save(form));
  form.addEventListener("submit", () => {
    save(form);
    sessionStorage.setItem(SENT, JSON.stringify([keyOf(form)]));
  });
}

for (const note of document.querySelectorAll("[data-kept-under]")) {
  note.hidden = !Object.keys(sessionStorage).some((key) => key.startsWith(`keep:${note.dataset.keptUnder}`));
}

for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", () => sessionStorage.clear());
}
