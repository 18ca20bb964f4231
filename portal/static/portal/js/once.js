// A form that posts is sent once: its buttons rest after the first press, and wake when the page is shown again.
const buttonsOf = (form) => [...form.elements].filter((one) => one.type === "submit");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.dataset.once === "no") return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "yes";
  setTimeout(() => { // after the browser has read the pressed button's value
    for (const button of buttonsOf(form)) button.setAttribute("aria-disabled", "true");
  });
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending;
    for (const button of buttonsOf(form)) button.removeAttribute("aria-disabled");
  }
});
