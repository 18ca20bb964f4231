// <share-button data-url="…" data-title="…" hidden>: opens the device's own list of places to share to, where it has one.
class ShareButton extends HTMLElement {
  connectedCallback() {
    if (!navigator.share) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => {
      const { url, title } = this.dataset;
      navigator.share({ url, title }).catch(() => {}); // closed without a choice
    });
  }
}

customElements.define("share-button", ShareButton);
