// Keys: a digit chooses a level, J and K go on and back, ? leads to the list of keys and back to where one read; they
// can be switched off.
// A level that is closed leads to [data-closed], which says why.
const keys = document.querySelector("[data-keys]");
const off = document.querySelector("[data-keys-off]");
let left = null;

function toggle() {
  keys.open = !keys.open;
  if (keys.open) {
    left = { place: document.activeElement, top: scrollY };
    keys.querySelector("summary").focus();
  } else if (left) {
    keys.querySelector("summary").blur(); // where nothing had the keys before, nothing has them again
    left.place.focus({ preventScroll: true });
    scrollTo({ top: left.top, behavior: "instant" });
    left = null;
  }
}

if (off) {
  off.checked = localStorage.getItem("desk:keys") === "off";
  off.addEventListener("change", () => localStorage.setItem("desk:keys", off.checked ? "off" : "on"));
  addEventListener("keydown", (event) => {
    if (off.checked || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
    const level = document.querySelector(`input[name=level][value="${CSS.escape(event.key)}"]`);
    if (level?.matches(":disabled")) document.querySelector("[data-closed]").focus();
    else if (level) level.click(), level.focus();
    else if (event.key === "j") document.querySelector("a[rel=next]")?.click();
    else if (event.key === "k") document.querySelector("a[rel=prev]")?.click();
    else if (event.key === "?") toggle();
    else return;
    event.preventDefault();
  });
}
