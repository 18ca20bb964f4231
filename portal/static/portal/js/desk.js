// <form data-autosave-on>: sends itself a moment after a change, and says so in its [data-said].
// It answers with the version to send next; what was overtaken or refused waits for its button, which shows why.
import { post, tell } from "./post.js";

const REST = 1500, ENDED = 0; // the latter waits for somebody who signs in again
const form = document.querySelector("form[data-autosave-on]");
const said = document.querySelector("[data-said]");
let waiting = null, isSending = false, held = null;

async function send(keepalive = false) {
  clearTimeout(waiting);
  if (waiting === null || isSending) return;
  waiting = null;
  isSending = true;
  let told = { said: said.dataset.textOffline };
  try {
    told = await post(form, keepalive);
    if (told.ok) form.elements.seen.value = told.seen;
    if (told.status === 401) waiting ??= ENDED;
  } catch {
    // it is said below
  }
  tell(said, told);
  isSending = false;
  if (held) form.requestSubmit(held);
  else if (waiting !== null && waiting !== ENDED) soon();
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(send, REST);
}

if (form) {
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting), (waiting = null);
    if (isSending) event.preventDefault(), (held = event.submitter); // it waits for the version that the answer names
  });
  addEventListener("pagehide", () => send(true));
  addEventListener("focus", () => send());
}
