// Runs beside the pages, as the installed app and in the browser. The network is always asked first. A page is kept only
// when its answer says so (Portal-Keep), for the person it names (Portal-Reader) and until that person signs out, the
// session ends or somebody else signs in; a kept page is shown when the portal cannot be reached.
const SHELL = `shell-${PORTAL.version}`;
const KEPT = "kept-";
const DAY = 24 * 3600 * 1000;
const PARTS = ["style", "script", "font", "image"];
const PART = /<(?:img|link|script)\b(?![^>]*\bdata-unkept\b)[^>]*?\b(?:src|href)="(\/(?!\/)[^"]+)"/g;
const ANY = { ignoreVary: true };
let turn = 0; // rises when what was kept is thrown away: what was asked for before is not kept after
let filling = false;

addEventListener("install", (event) => event.waitUntil(prepare()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (request.destination !== "document") return;
    if (request.method === "POST" && url.pathname === PORTAL.signOut) event.respondWith(signOut(request));
    if (request.method === "GET" && isPage(url)) event.respondWith(openPage(event, url));
  } else if (request.method === "GET" && PARTS.includes(request.destination)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request.url, ANY)) ?? Response.error()));
  }
});
addEventListener("message", (event) => { // of a page that was opened before there was a worker
  const { pathname, search } = new URL(event.source.url);
  if (event.data === "opened" && !search && isPage({ pathname })) event.waitUntil(read(pathname, turn).catch(() => {}));
});

const isPage = ({ pathname }) => !pathname.startsWith("/cms/") && !pathname.split("/").pop().includes(".");
const isUnreachable = (answer) => [502, 503, 504].includes(answer.status);
const isGone = (answer) => !answer.redirected && (answer.ok || [403, 404, 410].includes(answer.status));
const mayBeStored = (answer) => answer.ok && !answer.redirected && !answer.headers.get("Cache-Control")?.includes("no-store");

async function prepare() {
  const wanted = [...PORTAL.shell, ...Object.values(PORTAL.offline)];
  const shell = await caches.open(SHELL);
  await shell.addAll(wanted.map((address) => new Request(address, { cache: "reload", credentials: "omit" })));
  await skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) if (!name.startsWith(KEPT) && name !== SHELL) await caches.delete(name);
  await clients.claim();
}

async function openPage(event, url) {
  const began = turn;
  const kept = () => (url.search ? undefined : keptPage(url.pathname));
  try {
    const answer = await fetch(event.request);
    if (isUnreachable(answer)) return (await kept()) ?? answer;
    event.waitUntil(learn(answer.clone(), url.search ? "" : url.pathname, began).catch(() => {}));
    return answer;
  } catch {
    return (await kept()) ?? offlinePage(url);
  }
}

async function signOut(request) {
  turn += 1;
  await forget();
  return fetch(request).catch(() => offlinePage(new URL(request.url)));
}

async function learn(answer, address, began) {
  const reader = answer.headers.get("Portal-Reader");
  if (answer.type !== "basic" || !reader || began !== turn) return;
  await forget(reader);
  if (reader === "nobody" || !address) return;
  began = turn;
  const cache = await caches.open(KEPT + reader); // thrown away meanwhile, it takes what is put into it along
  if (began !== turn) return;
  if (!mayBeStored(answer) || !answer.headers.has("Portal-Keep")) {
    if (isGone(answer)) await cache.delete(address);
    return;
  }
  const text = await answer.text();
  await cache.put(address, savedNow(answer, text));
  for (const place of partsOf(text)) await keepPart(cache, place);
  if (answer.headers.has("Portal-Keep-Also")) await keepAlso(cache, address, answer.headers, began);
}

// Deletes what is kept of all but one reader; the others have signed out, or never came back.
async function forget(reader = "nobody") {
  for (const name of await caches.keys()) {
    if (!name.startsWith(KEPT) || name === KEPT + reader) continue;
    turn += 1;
    await caches.delete(name);
  }
}

// Keeps the pages on a list, one after the other. Those are read again that were kept a day ago or in another language, or
// are on the list no more: their badge may have been taken back.
async function keepAlso(cache, list, headers, began) {
  if (filling || navigator.connection?.saveData) return;
  filling = true;
  try {
    const { pages } = await (await fetch(headers.get("Portal-Keep-Also"))).json();
    const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
    for (const address of new Set([...pages, ...kept])) {
      const copy = await cache.match(address, ANY);
      const saved = copy?.headers.get("Portal-Saved");
      if (copy && !saved) continue; // a part of pages
      const isListed = pages.includes(address) || address === list;
      const isSame = copy?.headers.get("Content-Language") === headers.get("Content-Language");
      if (!isListed || !isSame || Date.now() - saved > DAY) await read(address, began);
      if (began !== turn) return;
    }
    await tidy(cache);
  } finally {
    filling = false;
  }
}

const read = async (address, began) => learn(await fetch(address, { headers: { "Portal-Fill": "1" } }), address, began);

async function keepPart(cache, place) {
  if (await cache.match(place, ANY)) return;
  const part = await fetch(place).catch(() => null);
  if (part && mayBeStored(part)) await cache.put(place, part);
}

// Drops the pictures, styles and scripts that no kept page shows any more.
async function tidy(cache) {
  const shown = new Set();
  const keys = await cache.keys();
  for (const { url } of keys) {
    const copy = await cache.match(url, ANY);
    if (!copy.headers.has("Portal-Saved")) continue;
    for (const place of [url, ...partsOf(await copy.text())]) shown.add(new URL(place, url).href);
  }
  for (const { url } of keys) if (!shown.has(url)) await cache.delete(url, ANY);
}

const partsOf = (text) => [...text.matchAll(PART)].map((found) => found[1].replaceAll("&amp;", "&"));

function savedNow(answer, text) {
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  headers.set("Portal-Saved", Date.now());
  return new Response(text.replace("<body", `<body data-saved="${Date.now()}"`), { headers });
}

async function keptPage(address) {
  for (const name of await caches.keys()) {
    const copy = name.startsWith(KEPT) && (await (await caches.open(name)).match(address, ANY));
    if (copy) return copy;
  }
}

async function offlinePage(url) {
  const chosen = (await self.cookieStore?.get(PORTAL.languageCookie))?.value;
  const known = Object.keys(PORTAL.offline);
  const code = [url.pathname.split("/")[1], chosen, navigator.language.slice(0, 2)].find((one) => known.includes(one));
  return caches.match(PORTAL.offline[code ?? known[0]], ANY);
}
