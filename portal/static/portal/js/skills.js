// <fieldset data-skills data-skills-url="…">: finds skills while one types, adds and removes them in place.
const LIMIT = 30;

for (const part of document.querySelectorAll("[data-skills]")) {
  const query = part.querySelector("input[type=search]");
  const results = part.querySelector("[data-skills-found]");
  const total = part.querySelector("input[name$=TOTAL_FORMS]");
  const pattern = part.querySelector("template");
  const uriOf = (row) => row.querySelector("input[name$=uri]");
  const rows = () => [...part.querySelectorAll("[data-skill]")];
  let waiting;

  const find = async () => {
    const answer = await fetch(`${part.dataset.skillsUrl}?q=${encodeURIComponent(query.value)}`);
    if (answer.ok) results.innerHTML = await answer.text();
  };

  const add = (uri, label) => {
    if (Number(total.value) >= LIMIT || rows().some((row) => uriOf(row).value === uri)) return;
    const row = pattern.content.firstElementChild.cloneNode(true);
    for (const field of row.querySelectorAll("input")) {
      field.name = field.name.replace("__prefix__", total.value);
      field.removeAttribute("id");
    }
    uriOf(row).value = uri;
    row.querySelector("input[name$=label]").value = label;
    row.querySelector(".skill-name").textContent = label;
    (part.querySelector('[data-skill=""]') || pattern).before(row);
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
