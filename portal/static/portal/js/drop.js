// <input type="file" data-drop>: a file may be dropped anywhere on its form; it is then chosen as if by hand.
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

for (const input of document.querySelectorAll("input[type=file][data-drop]")) {
  const form = input.form;
  const rest = () => form.removeAttribute("data-dropping");

  form.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    form.setAttribute("data-dropping", "");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) rest();
  });
  form.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault(); // the browser would leave the page and open the file
    rest();
    const chosen = new DataTransfer();
    chosen.items.add(event.dataTransfer.files[0]);
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}
