// <char-counter data-for="id" data-max="120" data-text="{used} of {max} characters">: says how much is typed.
class CharCounter extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    if (!this.field) return;
    this.count = this.count.bind(this);
    this.field.addEventListener("input", this.count);
    this.count();
  }

  disconnectedCallback() {
    this.field?.removeEventListener("input", this.count);
  }

  count() {
    const max = Number(this.dataset.max);
    const used = this.field.value.length;
    if (max - used <= 20) this.setAttribute("aria-live", "polite"); // read out only when it begins to matter
    else this.removeAttribute("aria-live");
    this.toggleAttribute("data-over", used > max);
    this.textContent = this.dataset.text.replace("{used}", used).replace("{max}", max);
  }
}

customElements.define("char-counter", CharCounter);
