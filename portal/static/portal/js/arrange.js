// <form data-arrange>: its rows [data-key] can be dragged; the new order is sent at once. Buttons do the same without.
import { post, tell } from "./post.js";

for (const form of document.querySelectorAll("[data-arrange]")) {
  const list = form.querySelector("ol");
  const line = form.querySelector("[data-said]");
  const rows = () => [...list.querySelectorAll("[data-key]")];
  const keys = () => rows().map((row) => row.dataset.key).join(" ");
  let dragged, before;

  const order = Object.assign(document.createElement("input"), { type: "hidden", name: "order", disabled: true });
  form.append(order);

  const mark = () => {
    const all = rows();
    for (const row of all) {
      row.querySelector("[name=up]").disabled = row === all[0];
      row.querySelector("[name=down]").disabled = row === all.at(-1);
    }
  };
  const send = async () => {
    Object.assign(order, { value: keys(), disabled: false });
    const sent = post(form);
    order.disabled = true; // the buttons send themselves alone
    tell(line, await sent.catch(() => ({ ok: false })));
  };

  for (const row of rows()) row.draggable = true;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-key]");
    before = keys();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.key);
    dragged.dataset.dragged = "";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-key]");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    over[event.clientY > top + height / 2 ? "after" : "before"](dragged);
  });
  list.addEventListener("drop", (event) => dragged && event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    delete dragged.dataset.dragged;
    dragged = null;
    mark();
    if (keys() !== before) send();
  });
}
