// At sign-up: name the age of the chosen country in the question, and ask for a guardian of who is younger.
const country = document.querySelector("select[data-ages]");
if (country) {
  const { age, age_asked: asked, guardian } = country.form.elements;
  const ages = JSON.parse(country.dataset.ages);
  const legend = age[0].closest("fieldset").querySelector("legend");
  const general = legend.textContent;

  const ask = () => {
    const years = country.value ? String(ages[country.value] ?? country.dataset.ageElsewhere) : "";
    // An answer to the question about another age is none to this one.
    if (asked.value && asked.value !== years) for (const choice of age) choice.checked = false;
    asked.value = years;
    legend.textContent = years ? country.dataset.ageQuestion.replace("{age}", years) : general;
    guardian.closest(".field").hidden = age.value !== "no";
  };
  country.form.addEventListener("input", ask);
  ask();
}
