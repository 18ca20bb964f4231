// <install-app hidden>: shown where the portal can be installed as an app; a button where the browser offers it, a
// sentence on devices that leave it to their own menu.
const apps = () => document.querySelectorAll("install-app");
let offer = null;

function show(part) {
  for (const app of apps()) {
    app.hidden = !part;
    for (const one of app.children) one.hidden = one.dataset.part !== part;
  }
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  show("button");
});
addEventListener("appinstalled", () => show(""));
document.addEventListener("click", async (event) => {
  if (!offer || !event.target.closest("install-app button")) return;
  const asked = offer;
  offer = null;
  show("");
  await asked.prompt();
});

if (navigator.standalone === false) show("how"); // only Safari on phones and tablets knows the word
