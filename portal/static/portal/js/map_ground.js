// What a map stands on: the tiles of the operator's choice, else the base map that is shipped.
const { L } = window;

export async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

export async function ground(words) {
  if (words.tiles) {
    const credit = Object.assign(document.createElement(words.creditUrl ? "a" : "span"), { textContent: words.credit });
    if (words.creditUrl) credit.href = words.creditUrl;
    return L.tileLayer(words.tiles, { attribution: credit.outerHTML, maxZoom: 19, referrerPolicy: "strict-origin" });
  }
  const style = ({ properties }) => ({ className: `map-${properties.kind}`, interactive: false });
  return L.geoJSON(await json(words.ground), { style, interactive: false, attribution: "Natural Earth" });
}
