// Registers the worker that keeps a person's badges on their device, and says when the portal cannot be reached.
// <p data-connection data-lost="…" data-saved-text="Saved on {when} …">: filled when the connection is lost, or when the
// worker showed a kept page, whose body says when it was saved; <… data-at="/path/" hidden> and <… data-not-at="/path/">
// say something at one address, or everywhere else, on the one page for what is not kept.
const note = document.querySelector("[data-connection]");
const { saved } = document.body.dataset;

function say() {
  if (!note) return;
  const options = { dateStyle: "long", timeStyle: "short" };
  const language = document.documentElement.lang.replace(/^en$/, "en-GB"); // the day first, as everywhere in the portal
  const when = saved && new Date(Number(saved)).toLocaleString(language, options);
  const text = saved ? note.dataset.savedText.replace("{when}", when) : navigator.onLine ? "" : note.dataset.lost;
  if (note.textContent !== text) note.textContent = text;
}

addEventListener("offline", say);
addEventListener("online", () => {
  if (saved || document.querySelector("[data-at]")) location.replace(location.pathname + location.search); // not again what was sent
  else say();
});
say();

for (const part of document.querySelectorAll("[data-at]")) part.hidden = location.pathname !== part.dataset.at;
for (const part of document.querySelectorAll("[data-not-at]")) part.hidden = location.pathname === part.dataset.notAt;

if (navigator.serviceWorker && parent === window) {
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    const isSomebodys = document.querySelector("form[data-sign-out]");
    if (isSomebodys) navigator.serviceWorker.controller?.postMessage("opened"); // it may be one to keep
  });
  navigator.serviceWorker.register("/sw.js").catch(() => {}); // a browser that forbids it shows pages all the same
}
