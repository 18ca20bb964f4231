// <form data-narrow>: shows the [data-row]s that have the words of its search field while one types. Ticks stay as they
// are: a row that is not shown is sent with the others.
for (const form of document.querySelectorAll("[data-narrow]")) {
  const query = form.querySelector("input[type=search]");
  const rows = [...form.querySelectorAll("[data-row]")];
  const isNarrowed = query.value !== ""; // by the server, which has the other rows
  const wordsOf = (text) => text.toLocaleLowerCase().split(/\s+/).filter(Boolean);

  query.addEventListener("input", () => {
    if (isNarrowed) return;
    const words = wordsOf(query.value);
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
}
