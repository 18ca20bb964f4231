// <ol data-order>: rows with a place each become rows that are dragged, or moved by buttons; the places follow.
for (const list of document.querySelectorAll("[data-order]")) {
  const rows = () => [...list.children];
  const place = (row) => row.querySelector("select");
  if (rows().every((row) => place(row).value))
    list.append(...rows().sort((one, other) => place(one).value - place(other).value));

  const count = () => {
    const all = rows();
    all.forEach((row, number) => {
      place(row).value = String(number + 1);
      const [up, down] = row.querySelectorAll("button");
      [up.disabled, down.disabled] = [number === 0, number === all.length - 1];
    });
  };
  const settle = () => {
    count();
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const button = (row, name, sign, move) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button order-move" });
    made.dataset.kind = "quiet";
    made.ariaLabel = `${list.dataset[name]}: ${row.querySelector("span").textContent}`;
    made.textContent = sign;
    made.addEventListener("click", () => {
      move();
      settle();
      (made.disabled ? row.querySelector("button:not(:disabled)") : made)?.focus();
    });
    return made;
  };

  for (const row of rows()) {
    place(row).hidden = true;
    row.draggable = true;
    row.append(
      button(row, "up", "↑", () => row.previousElementSibling?.before(row)),
      button(row, "down", "↓", () => row.nextElementSibling?.after(row)),
    );
  }
  let dragged;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.setData("text/plain", "");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (over !== dragged) over[event.clientY > top + height / 2 ? "after" : "before"](dragged);
  });
  list.addEventListener("drop", (event) => dragged && event.preventDefault());
  list.addEventListener("dragend", () => {
    dragged = null;
    settle();
  });
  count(); // nobody has moved anything yet, so nothing is kept
}
