// [data-map]: the places of the list beside it, in clusters on the ground; without this the list says the same.
import { ground, json } from "./map_ground.js";

const { L } = window;

const ROOM = { padding: [40, 40] }; // beside the outermost places, whose signs would be cut off

function sign(className, words) {
  return L.divIcon({ className, html: words ?? "", iconSize: [36, 36] });
}

async function say(popup, words) {
  try {
    const answer = await fetch(words.place.replace("/0/", `/${popup.place}/`));
    if (!answer.ok) throw new Error(answer.status);
    popup.setContent(await answer.text());
  } catch {
    popup.setContent(words.lost);
  }
}

async function draw(element) {
  const words = element.dataset;
  const [land, { places }] = await Promise.all([ground(words), json(words.places)]);
  element.hidden = false;
  const map = L.map(element, { zoomControl: false, minZoom: 3, maxZoom: 16, maxBounds: [[25, -35], [76, 56]] });
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", words.label);
  map.attributionControl.setPrefix("Leaflet");
  L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
  if (words.north) map.setView([words.north, words.east], words.tiles ? 12 : 8); // the base map has no streets
  else if (!places.length) map.setView([50, 15], 4);
  else map.fitBounds(places.map((place) => [place[1], place[2]]), { ...ROOM, maxZoom: 12, animate: false });
  land.addTo(map);
  const clusters = L.markerClusterGroup({
    showCoverageOnHover: false,
    zoomToBoundsOnClick: false,
    maxClusterRadius: 50,
    chunkedLoading: true,
    iconCreateFunction: (cluster) => {
      const count = cluster.getChildCount();
      const label = words.cluster.replace("{count}", count);
      return sign("map-cluster", `<span aria-hidden="true">${count}</span><span class="unseen">${label}</span>`);
    },
  });
  clusters.on("clusterclick clusterkeypress", ({ layer, originalEvent }) => {
    if (originalEvent.type === "click" || originalEvent.key === "Enter") layer.zoomToBounds(ROOM);
  });
  clusters.addLayers(
    places.map(([id, north, east, title]) => {
      const popup = Object.assign(L.popup({ minWidth: 180 }), { place: id });
      const marker = L.marker([north, east], { icon: sign("map-place"), title, alt: title }).bindPopup(popup);
      return marker.on("popupopen", () => say(popup, words));
    }),
  );
  map.addLayer(clusters);
}

for (const element of document.querySelectorAll("[data-map]")) draw(element);
