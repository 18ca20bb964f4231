// <fieldset data-only="kind" data-only-value="label">: shown only while the field of that name has that value.
for (const part of document.querySelectorAll("[data-only]")) {
  const field = part.closest("form").elements[part.dataset.only];
  const show = () => { part.hidden = field.value !== part.dataset.onlyValue; };
  part.closest("form").addEventListener("input", show);
  show();
}
