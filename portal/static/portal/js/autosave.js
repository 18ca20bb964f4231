// Loaded by the pages that have one. <form data-autosave="20">: what changed is sent every so many seconds, on leaving and on coming back; the page goes on.
// The answer is JSON: `said` is shown in the form's [data-said], `seen` or `fields` are put into hidden fields.
import { post, tell } from "./post.js";

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = form.querySelector("[data-said]");
  let changed = false;
  let sending = false;
  let stopped = false;
  let held = null;

  async function save(leaving = false) {
    if (!changed || sending || stopped) return;
    changed = false;
    sending = true;
    try {
      const told = await post(form, leaving);
      for (const [name, value] of Object.entries(told.fields || (told.seen === undefined ? {} : { seen: told.seen }))) {
        form.elements[name].value = value;
      }
      if (told.status === 401) changed = true;
      if (told.status === 409) stopped = true; // the page that follows the button shows both texts
      tell(line, told);
    } catch {
      changed = true;
      tell(line, { said: line.dataset.textOffline });
    }
    sending = false;
    if (held) form.requestSubmit(held);
  }

  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", (event) => {
    changed = false; // what is under way is sent by the button
    if (sending) event.preventDefault(), (held = event.submitter); // it waits for the version that the answer names
  });
  setInterval(save, Number(form.dataset.autosave) * 1000);
  addEventListener("pagehide", () => save(true));
  addEventListener("online", () => save());
  addEventListener("focus", () => save());
}
