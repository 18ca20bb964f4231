// <copy-button data-copy="text" data-done="Copied" hidden>: shown only where copying can work, says when it did.
class CopyButton extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.copy());
  }

  async copy() {
    await navigator.clipboard.writeText(this.dataset.copy);
    const label = this.querySelector("button").lastChild;
    const before = label.textContent;
    label.textContent = this.dataset.done;
    this.querySelector("[role=status]").textContent = this.dataset.done;
    setTimeout(() => {
      label.textContent = before;
      this.querySelector("[role=status]").textContent = "";
    }, 2500);
  }
}

customElements.define("copy-button", CopyButton);
