/** An invented report for the tests of this room. Run with `digests`, it prints the digests of its files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../analysis/finding.ts';
import { sha256 } from '../base/digest.ts';
import type { ReportInput } from './input.ts';

export function exampleFinding(over: Partial<Finding> = {}): Finding {
  return {
    question: 'hours',
    asks: 'At which local hours were records made?',
    statement: 'Of 22 sessions, 11 began between 17:00 and 19:00 local time.',
    result: {
      zone: 'America/Denver',
      zoneBasis: 'stated',
      sessions: 22,
      bins: Array.from({ length: 24 }, (_, bin) => ({
        bin,
        sessions: bin % 5,
        exposureHours: 59,
        rate: (bin % 5) / 59,
        low: 0.001,
        high: 0.12,
      })),
      windows: {
        half: [{ from: '17:00', to: '19:00', sessions: 11, share: 0.5, low: 0.31, high: 0.69 }],
        fourFifths: [],
      },
    },
    leftOut: [{ what: 'records', why: 'no time', count: 2 }],
    alternatives: ['Another person made some of the records.'],
    sensitivity: [{ change: 'sessions joined over 60 minutes', effect: 'nothing changes' }],
    method: { name: 'hours', version: '1' },
    parameters: { kinds: 'transfer' },
    inputs: {
      records: 22,
      bySource: [],
      digest: sha256('inputs'),
      references: [{ name: 'addresses.csv', digest: sha256('addresses'), dated: null }],
    },
    limits: 'Counts records the provider kept, not acts.',
    caveat: 'It does not forecast.',
    digest: sha256('finding'),
    ...over,
  };
}

/** A rectangle of half a degree, as an area. */
const square = (half: number) => ({
  type: 'MultiPolygon',
  coordinates: [[[[-106.78 - half, 32.31 - half], [-106.78 + half, 32.31 - half], [-106.78 + half, 32.31 + half], [-106.78 - half, 32.31 + half], [-106.78 - half, 32.31 - half]]]],
}); // biome-ignore format: a ring

export function exampleInput(): ReportInput {
  const area = (half: number, areaKm2: number) => ({ areaKm2, parts: 1, polygon: square(half) });
  const areas = exampleFinding({
    question: 'areas',
    asks: 'What areas do the records point to?',
    statement: 'Nine tenths lie in an area of 40 km² in 1 part.',
    digest: sha256('areas'),
    result: {
      headline: null,
      occupancy: { hdr50: area(0.01, 4), hdr90: area(0.03, 40) },
      surfaces: [
        {
          label: 'cell LTE 50228-1',
          class: 'sector',
          latitude: 32.31,
          longitude: -106.78,
          r50Metres: 600,
          r90Metres: 1600,
          records: 12,
        },
      ],
      refusedStatements: [{ class: 'address', why: 'mobile gateway', statements: 20 }],
      anchors: [],
      leaveOneSourceOut: [{ source: 't-mobile-cdr contact', areaRatio: 1.4, jaccard: 0.6, modeShiftKm: 0 }],
    },
  });
  const findings = [exampleFinding(), areas];
  return {
    matter: { id: 'm-0000000001', name: 'An invented matter' },
    madeFrom: { program: 'Fourcorners 0.1.0', timeZoneDatabase: '2026c' },
    instruments: [
      {
        id: 'i-0000000001',
        version: 1,
        kind: 'US-WARRANT',
        number: '17-mr-0001',
        servedOn: 'Example Mobile',
        issuer: 'Example Court',
        purpose: 'wire fraud',
        approvedBy: 'D. Quill',
        scopeLines: ['item 1: phone +15755550142; DC-02 sessions and IP addresses'],
      },
    ],
    receipts: [
      {
        return: '0123456789abcdef', originals: [{ name: 'leases.csv', sha256: sha256('leases'), sizeBytes: 12_345 }], format: 'nat-port-block',
        formatTitle: 'Carrier NAT port-block log (CSV)', support: 'documented', limits: 'One row is one lease.', seen: 100, kept: 60, sealed: 39,
        unreadable: 1, duplicates: 0, partlySealed: 2, sealedBy: { 'another account': 39 }, mismatches: [], statedScope: [], declaredZone: null,
        profile: null, importedAt: '2026-11-23T10:00:00.000Z', importedBy: 'R. Alder', stillSealed: 39,
      },
    ], // biome-ignore format: one receipt
    findings,
    arrangement: null,
    rows: Object.fromEntries(
      findings.map(({ digest }) => [
        digest,
        { columns: ['id', 'began'], rows: [['1', '2017-02-03T00:00:00Z']], total: 1 },
      ]),
    ),
    ledger: {
      size: 12,
      root: sha256('root'),
      checkpoint: 'fourcorners.invalid/ledger\n12\nAAAA\n',
      vkey: 'fourcorners.invalid/ledger+00000000+AAAA',
    },
    commands: ['fourcorners ask hours --matter m-0000000001 --json'],
  };
}

if (process.argv[2] === 'digests') {
  const { writeReport } = await import('./report.ts');
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-report-'));
  const { files } = await writeReport(exampleInput(), folder);
  rmSync(folder, { recursive: true });
  console.log(files.map(({ name, sha256: digest }) => `${digest}  ${name}`).join('\n'));
}
