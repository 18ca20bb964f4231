// <details data-drop>: closes on Escape, on a press outside, and when another one opens.
const opened = () => document.querySelectorAll("details[data-drop][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drop of opened()) {
    const inside = drop.contains(document.activeElement);
    drop.open = false;
    if (inside) drop.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const drop of opened()) if (!drop.contains(event.target)) drop.open = false;
});

document.addEventListener("focusin", (event) => {
  for (const drop of opened()) if (!drop.contains(event.target)) drop.open = false;
});
