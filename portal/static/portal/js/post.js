// post(form): sends a form by itself and returns what the answer, which is JSON, says beside `ok` and `status`.
// Who signed in again in another window has a new token: the answer names it, and the form is sent once more with it.
export async function post(form, keepalive = false, isRenewed = false) {
  const answer = await fetch(form.action || location.href, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive,
  });
  const isJson = (answer.headers.get("Content-Type") || "").includes("json");
  const told = isJson ? await answer.json() : {};
  if (!told.token || isRenewed) return { ...told, ok: answer.ok, status: answer.status };
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = told.token;
  return post(form, keepalive, true);
}

// tell(line, told): shows it in a line that has the sentences for what the server does not word as data-text-*, and
// the address to sign in as data-sign-in. The link there stays the same one however often nothing is saved.
export function tell(line, told) {
  const isEnded = told.status === 401;
  if (isEnded && line.dataset.state === "ended") return;
  line.textContent = isEnded ? line.dataset.textEnded : told.said || line.dataset.textFault;
  line.dataset.tone = told.ok ? "" : "danger";
  line.dataset.state = isEnded ? "ended" : "";
  if (!isEnded) return;
  const way = { href: line.dataset.signIn, target: "_blank", rel: "noopener", textContent: line.dataset.textSignIn };
  line.append(" ", Object.assign(document.createElement("a"), way));
}
