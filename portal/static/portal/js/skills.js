// <fieldset data-skills data-skills-url="…">: finds skills while one types, adds and removes them in place.
for (const part of document.querySelectorAll("[data-skills]")) {
  const query = part.querySelector("input[type=search]");
  const results = part.querySelector("[data-skills-found]");
  const total = part.querySelector("input[name$=TOTAL_FORMS]");
  const rows = () => [...part.querySelectorAll("[data-skill]")];
  let waiting;

  const find = async () => {
    const answer = await fetch(`${part.dataset.skillsUrl}?q=${encodeURIComponent(query.value)}`);
    if (answer.ok) results.innerHTML = await answer.text();
  };

  const add = (uri, label) => {
    if (rows().some((row) => row.querySelector("input[name$=uri]").value === uri)) return;
    const empty = rows().at(-1);
    if (!empty || empty.dataset.skill) return; // as many as a badge can have
    const row = empty.cloneNode(true);
    for (const field of row.querySelectorAll("input")) {
      field.removeAttribute("id");
      field.type = "hidden";
    }
    row.querySelector("input[name$=uri]").value = uri;
    row.querySelector("input[name$=label]").value = label;
    const kept = [...row.querySelectorAll("input")];
    const mark = Object.assign(document.createElement("span"), { className: "chip", textContent: "ESCO" });
    mark.dataset.tone = "accent";
    row.replaceChildren(mark, Object.assign(document.createElement("span"), { className: "skill-name", textContent: label }), ...kept);
    empty.before(row);
    for (const field of empty.querySelectorAll("input")) field.name = field.name.replace(/-\d+-/, `-${total.value}-`);
    total.value = Number(total.value) + 1;
  };

  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 250);
  });
  part.addEventListener("click", (event) => {
    const found = event.target.closest("[name=add_skill]");
    const dropped = event.target.closest("[data-drop-skill]");
    if (!found && !dropped) return;
    event.preventDefault();
    if (found) {
      add(found.value, found.querySelector("span").textContent);
      found.remove();
    } else {
      const row = dropped.closest("[data-skill]");
      for (const field of row.querySelectorAll("input")) field.value = "";
      row.hidden = true;
    }
  });
}
