// "Draw another one" without a journey to the server: a new seed in the form, its drawing on the page.
for (const button of document.querySelectorAll("[data-another]")) {
  const picture = button.closest("[data-badge-picture]");
  const seed = picture.querySelector("input[type=hidden]");
  const drawn = picture.querySelector("[data-drawn]");
  if (!seed || !drawn) continue;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const bytes = crypto.getRandomValues(new Uint8Array(6));
    seed.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    drawn.src = `/art/badge/${seed.value}.svg`;
  });
}
