// <form data-sign-out>: a page that the browser still has in its memory is not shown again once its reader has signed out.
const SIGNED_OUT = "signed-out";
const opened = Date.now();

for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", () => localStorage.setItem(SIGNED_OUT, Date.now()));
}

addEventListener("pageshow", (event) => {
  if (!event.persisted || Number(localStorage.getItem(SIGNED_OUT)) < opened) return;
  document.body.hidden = true;
  location.replace(location.pathname + location.search);
});
