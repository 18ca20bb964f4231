// <form data-autosave="20">: what changed is sent every so many seconds and on leaving; the page goes on as it is.
// The answer is JSON: `said` is shown in the form's [data-autosave-said], `seen` or `fields` are put into hidden fields.
// The texts for a lost connection and an ended session stand on that element as data-offline and data-ended.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = form.querySelector("[data-autosave-said]");
  let changed = false;
  let sending = false;
  let stopped = false;
  let held = null;

  function say(text, tone = "") {
    line.textContent = text;
    line.dataset.tone = tone;
  }

  async function save(leaving = false) {
    if (!changed || sending || stopped) return;
    changed = false;
    sending = true;
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        keepalive: leaving,
      });
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("signed out");
      const { said, seen, fields } = await answer.json();
      for (const [name, value] of Object.entries(fields || (seen === undefined ? {} : { seen }))) {
        form.elements[name].value = value;
      }
      if (answer.status === 409) stopped = true; // the page that follows the button shows both texts
      say(said, answer.ok ? "" : "danger");
    } catch (fault) {
      changed = true;
      say(fault instanceof TypeError ? line.dataset.offline : line.dataset.ended, "danger");
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
}
