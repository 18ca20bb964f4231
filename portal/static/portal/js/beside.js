// <button data-beside>: puts the map beside its list on wide screens; what it takes is loaded at the first time.
const KEPT = "map-beside";
const button = document.querySelector("[data-beside]");
const side = document.querySelector("[data-beside-map]");
let loading;

function add(name, facts) {
  return new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement(name), facts, { onload: done, onerror: failed }));
  });
}

async function load({ style, scripts, module }) {
  await add("link", { rel: "stylesheet", href: style });
  for (const src of scripts.split(" ")) await add("script", { src });
  await import(module);
}

function show(isShown) {
  button.setAttribute("aria-pressed", isShown);
  side.hidden = !isShown;
  sessionStorage.setItem(KEPT, isShown ? "yes" : "");
  if (isShown) loading ??= load(button.dataset);
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => show(side.hidden));
  if (sessionStorage.getItem(KEPT) && matchMedia("(min-width: 60rem)").matches) show(true);
}
