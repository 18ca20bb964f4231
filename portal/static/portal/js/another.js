// The drawn picture of a badge without a journey to the server: its seed is "lines.symbol.palette.shape".
const PARTS = ["symbol", "palette", "shape"];

for (const picture of document.querySelectorAll("[data-badge-picture]")) {
  const seed = picture.querySelector("input[type=hidden]");
  const drawn = picture.querySelector("[data-drawn]");
  const tiles = (part) => [...picture.querySelectorAll(`input[name=${part}]`)];
  const chosen = (part) => tiles(part).find((tile) => tile.checked)?.value;
  if (!seed || !drawn) continue;

  // Words for the picture are proposed; they follow the drawing until somebody writes their own.
  const words = picture.querySelector("[data-proposal]");
  const named = (part) => tiles(part).find((tile) => tile.checked)?.closest("label").textContent.trim() ?? "";
  const inWords = () => {
    const said = words.dataset.proposal.replace(/\{(\w+)\}/g, (_all, part) => named(part));
    return said.charAt(0).toLocaleUpperCase() + said.slice(1);
  };
  let proposed = words && inWords();

  const draw = (lines) => {
    for (const part of PARTS) if (!chosen(part)) pick(part);
    seed.value = [lines, ...PARTS.map(chosen)].join(".");
    drawn.src = `/art/badge/${seed.value}.svg`;
    if (words && words.value === proposed) words.value = proposed = inWords();
    seed.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const pick = (part) => {
    const all = tiles(part);
    all[Math.floor(Math.random() * all.length)].checked = true;
  };
  const lines = () => Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  picture.querySelector("[data-another]").addEventListener("click", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    PARTS.forEach(pick);
    draw(lines());
  });
  picture.addEventListener("change", (event) => {
    if (PARTS.includes(event.target.name)) draw(seed.value.split(".")[0].slice(0, 30) || lines());
  });
  const [kept, ...parts] = seed.value.split("."); // tiles restored after an accident may differ from the drawing
  if (parts.length === PARTS.length && parts.some((part, number) => part !== chosen(PARTS[number]))) draw(kept);
}
