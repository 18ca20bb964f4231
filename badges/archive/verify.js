/* Checks the badge of this page: its token and the list of revoked badges, both signed by the issuer's keys in ISSUER. */
"use strict";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

function bytesOf(base64url) {
  return Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

/* An Ed25519 key as Multikey: base58btc of 0xed 0x01 and 32 bytes. */
function rawKey(multibase) {
  let number = 0n;
  for (const letter of multibase.slice(1)) number = number * 58n + BigInt(ALPHABET.indexOf(letter));
  const hex = number.toString(16).padStart(68, "0");
  if (multibase[0] !== "z" || hex.length !== 68 || !hex.startsWith("ed01")) throw new Error("not an Ed25519 key");
  return Uint8Array.from(hex.slice(4).match(/../g), (byte) => parseInt(byte, 16));
}

async function keyFor(header) {
  const number = /\/keys\/(\d+)\.json$/.exec(header.kid)?.[1];
  const method = ISSUER.did.verificationMethod.find((one) => one.id === `${ISSUER.did.id}#key-${number}`);
  if (!method || !ISSUER.did.assertionMethod.includes(method.id)) throw new Error("not a key of the issuer");
  const isRsa = Boolean(method.publicKeyJwk);
  if (header.alg !== (isRsa ? "RS256" : "EdDSA")) throw new Error("another algorithm");
  const algorithm = isRsa ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } : { name: "Ed25519" };
  const material = isRsa ? ["jwk", method.publicKeyJwk] : ["raw", rawKey(method.publicKeyMultibase)];
  return [algorithm, await crypto.subtle.importKey(...material, algorithm, false, ["verify"])];
}

/* What a token says, if the issuer signed it. */
async function read(token) {
  const [head, payload, signature] = token.trim().split(".");
  const text = (part) => JSON.parse(new TextDecoder().decode(bytesOf(part)));
  const [algorithm, key] = await keyFor(text(head));
  const signed = new TextEncoder().encode(`${head}.${payload}`);
  if (!(await crypto.subtle.verify(algorithm, key, bytesOf(signature), signed))) throw new Error("signature");
  const said = text(payload);
  if (said.iss !== ISSUER.did.id || said.issuer.id !== ISSUER.did.id) throw new Error("another issuer");
  return said;
}

async function isRevoked(entry) {
  const list = await read(ISSUER.lists[entry.statusListCredential] ?? "..");
  const subject = list.credentialSubject;
  if (list.id !== entry.statusListCredential || subject.statusPurpose !== entry.statusPurpose) {
    throw new Error("another list");
  }
  const packed = new Blob([bytesOf(subject.encodedList.slice(1))]).stream();
  const bits = new Uint8Array(await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  const index = Number(entry.statusListIndex);
  return Boolean(bits[index >> 3] & (0x80 >> (index & 7)));
}

/* Puts what was signed in the place of what the page says. */
function show(badge) {
  const written = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  const day = (moment) => moment && written.format(new Date(moment));
  const said = {
    name: badge.credentialSubject.achievement.name,
    description: badge.credentialSubject.achievement.description,
    issuer: badge.issuer.name,
    begins: day(badge.validFrom),
    ends: day(badge.validUntil),
  };
  for (const place of document.querySelectorAll("[data-said]")) {
    if (!said[place.dataset.said]) continue;
    place.textContent = said[place.dataset.said];
    if (place.parentElement.hidden) place.parentElement.hidden = false;
  }
}

async function answer() {
  const badge = await read(document.getElementById("verdict").dataset.token);
  if (document.querySelector('link[rel="canonical"]')?.href !== badge.id.replace(/\/credential\.json$/, "")) {
    throw new Error("the badge of another page");
  }
  show(badge);
  if (await isRevoked(badge.credentialStatus)) return "revoked";
  return badge.validUntil && new Date(badge.validUntil) <= new Date() ? "expired" : "genuine";
}

answer()
  .catch((fault) => (!globalThis.crypto?.subtle || fault.name === "NotSupportedError" ? "unable" : "forged"))
  .then((found) => {
    const verdict = document.getElementById("verdict");
    verdict.dataset.state = found;
    for (const one of verdict.querySelectorAll("[data-answer]")) one.hidden = one.dataset.answer !== found;
  });
