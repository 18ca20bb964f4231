// [data-place-map]: a click, a drag or Enter writes its two fields of degrees; typing in them moves the sign.
import { ground } from "./map_ground.js";

const { L } = window;

const DIGITS = 5; // about a metre

function placeIn(fields) {
  const degrees = fields.map((field) => Number.parseFloat(field.value.replace(",", ".")));
  const isThere = degrees.every(Number.isFinite) && Math.abs(degrees[0]) <= 90 && Math.abs(degrees[1]) <= 180;
  return isThere ? degrees : null;
}

async function draw(element) {
  const words = element.dataset;
  const fields = [words.latitude, words.longitude].map((id) => document.getElementById(id));
  const land = await ground(words);
  element.hidden = element.nextElementSibling.hidden = false;
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", words.label);
  const map = L.map(element, { zoomControl: false, minZoom: 3, maxZoom: 18 });
  map.attributionControl.setPrefix("Leaflet");
  L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
  const middle = placeIn(fields) ?? (words.north ? [words.north, words.east] : null);
  if (middle) map.setView(middle, words.tiles ? 13 : 8); // the base map has no streets
  else map.setView([50, 15], 4);
  land.addTo(map);
  const icon = L.divIcon({ className: "place-sign", html: "", iconSize: [24, 24] });
  const sign = L.marker([0, 0], { icon, draggable: true, keyboard: false });

  function show() {
    const place = placeIn(fields);
    if (!place) return sign.remove();
    sign.setLatLng(place).addTo(map);
    return map.panInside(place, { padding: [20, 20] });
  }

  function write(place) {
    const { lat, lng } = place.wrap();
    fields.forEach((field, number) => {
      field.value = [lat, lng][number].toFixed(DIGITS);
    });
    for (const field of fields) field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  map.on("click", ({ latlng }) => write(latlng));
  sign.on("dragend", () => write(sign.getLatLng()));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== element) return;
    event.preventDefault();
    write(map.getCenter());
  });
  for (const field of fields) for (const kind of ["input", "change"]) field.addEventListener(kind, show);
  new ResizeObserver(() => map.invalidateSize()).observe(element); // it may begin in a panel that is closed
  show();
}

for (const element of document.querySelectorAll("[data-place-map]")) draw(element);
