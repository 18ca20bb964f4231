// <section data-preview="id of a form">: [data-says=field] repeats what is typed there, [data-shows] the picture.
for (const preview of document.querySelectorAll("[data-preview]")) {
  const form = document.getElementById(preview.dataset.preview);
  const drawn = form.querySelector("[data-drawn]");
  const upload = form.querySelector("input[type=file]");
  const said = (field) => (field.tagName === "SELECT" ? field.selectedOptions[0].text : field.value).trim();
  const show = (address) => {
    for (const image of preview.querySelectorAll("[data-shows]")) image.src = address;
  };

  const repeat = () => {
    for (const place of preview.querySelectorAll("[data-says]")) {
      place.textContent = said(form.elements[place.dataset.says]) || place.dataset.none || "";
    }
  };

  form.addEventListener("input", (event) => {
    repeat();
    if (drawn && event.target.type === "hidden") show(drawn.src);
  });
  upload.addEventListener("change", () => {
    const [file] = upload.files;
    if (!file) return drawn && show(drawn.src);
    const reader = new FileReader();
    reader.addEventListener("load", () => show(reader.result));
    return reader.readAsDataURL(file);
  });
  repeat(); // what was restored after an accident
  if (drawn) show(drawn.src);
}
