// <char-counter data-for="id" data-max="120" data-text="{used} of {max} characters" data-text-over="{over} too many …">:
// says how much is typed, counted as the server counts: a line break is two characters, a letter is one in every script.
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
    const used = [...this.field.value.replaceAll("\n", "\r\n")].length;
    if (max - used <= 20) this.setAttribute("aria-live", "polite"); // read out only when it begins to matter
    else this.removeAttribute("aria-live");
    this.toggleAttribute("data-over", used > max);
    const text = used > max && this.dataset.textOver ? this.dataset.textOver : this.dataset.text;
    this.textContent = text.replace("{used}", used).replace("{max}", max).replace("{over}", used - max);
  }
}

customElements.define("char-counter", CharCounter);
