/**
 * The RO-Crate of a production: what each file of `data/` is, under which paper it was made, by whom and with what.
 *
 * Version 1.2 is written; `data/` is the crate's root. Other tools read it as an attached crate; ours holds it against the
 * files (`crate-read.ts`). It describes and proves nothing by itself.
 */
import type { Digested } from './bag.ts';

const CRATE_VERSION = '1.2';
export const CRATE_FILE = 'ro-crate-metadata.json';

export type CrateOf = {
  id: string;
  createdAt: string;
  title: string;
  /** The company that produces. */
  provider: string;
  /** Who signs for the records. */
  custodian: { name: string; title: string };
  /** The paper: its kind in words, its number, and who issued it when, as far as known. */
  instrument: {
    name: string;
    number?: string | undefined;
    issuer?: string | undefined;
    issuedOn?: string | undefined;
  };
  software: { name: string; version: string };
};

export type Described = Digested & { mediaType: string; describes: string };

/** `files` are those below `data/`, without the crate's own. */
export function crateText(of: CrateOf, files: readonly Described[]): string {
  const parts = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const references = parts.map(({ path }) => ({ '@id': crateId(path) }));
  const { instrument, custodian, software } = of;
  const graph = [
    {
      '@id': CRATE_FILE,
      '@type': 'CreativeWork',
      conformsTo: { '@id': `https://w3id.org/ro/crate/${CRATE_VERSION}` },
      about: { '@id': './' },
    },
    {
      '@id': './',
      '@type': 'Dataset',
      identifier: of.id,
      name: of.title,
      description: 'Records produced under legal process, with an account of what was found, produced and withheld.',
      datePublished: of.createdAt,
      license: 'For the purpose of the legal process named here; no licence to publish.',
      author: { '@id': '#custodian' },
      publisher: { '@id': '#provider' },
      isBasedOn: { '@id': '#instrument' },
      mentions: { '@id': '#production' },
      hasPart: references,
    },
    ...parts.map(({ path, digests, mediaType, describes }) => ({
      '@id': crateId(path),
      '@type': 'File',
      name: path.slice('data/'.length),
      description: describes,
      encodingFormat: mediaType,
      contentSize: String(digests.sizeBytes),
      sha256: digests.hex['sha256'],
    })),
    {
      '@id': '#instrument',
      '@type': 'CreativeWork',
      name: instrument.name,
      ...(instrument.number === undefined ? {} : { identifier: instrument.number }),
      ...(instrument.issuer === undefined ? {} : { author: { '@id': '#issuer' } }),
      ...(instrument.issuedOn === undefined ? {} : { dateCreated: instrument.issuedOn }),
    },
    ...(instrument.issuer === undefined
      ? []
      : [{ '@id': '#issuer', '@type': 'Organization', name: instrument.issuer }]),
    {
      '@id': '#custodian',
      '@type': 'Person',
      name: custodian.name,
      jobTitle: custodian.title,
      affiliation: { '@id': '#provider' },
    },
    { '@id': '#provider', '@type': 'Organization', name: of.provider },
    {
      '@id': '#production',
      '@type': 'CreateAction',
      name: 'Production of the records',
      endTime: of.createdAt,
      agent: { '@id': '#custodian' },
      instrument: { '@id': '#software' },
      object: { '@id': '#instrument' },
      result: references,
    },
    { '@id': '#software', '@type': 'SoftwareApplication', name: software.name, softwareVersion: software.version },
  ];
  // The crate's own context has no word for a SHA-256, so it is named here.
  const context = [`https://w3id.org/ro/crate/${CRATE_VERSION}/context`, { sha256: 'http://schema.org/sha256' }];
  return `${JSON.stringify({ '@context': context, '@graph': graph }, null, 2)}\n`;
}

/** A path below `data/` as a crate refers to it: a relative URI. */
export function crateId(path: string): string {
  return path.slice('data/'.length).split('/').map(encodeURIComponent).join('/');
}
