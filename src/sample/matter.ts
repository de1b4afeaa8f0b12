/**
 * The sample matter: an invented fraud in southern New Mexico, February and March 2017, as four companies' files.
 *
 * A simulator made them, so the truth is known; the files hold only what such companies keep. The same seed gives the same
 * bytes on every machine. Persons, firms, numbers and addresses are invented.
 */
import { accountsOf, ofx } from './bank.ts';
import { callsOf } from './calls.ts';
import { SENDER } from './cast.ts';
import { cityOf } from './city.ts';
import { instruments, type SampleInstrument } from './instruments.ts';
import { leasesOf, natLogCsv } from './leases.ts';
import { lifeOf } from './life.ts';
import { loginsOf } from './logins.ts';
import { metaReturn } from './meta.ts';
import { addressesCsv } from './overlay.ts';
import { cellSitesCsv, networkOf, radioOf } from './radio.ts';
import { callWorkbook } from './tmobile.ts';
import { strangersTransfersOf, transfersOf } from './transfers.ts';
import { type FileNames, type Truth, truthOf } from './truth.ts';
import { transferWorkbook } from './western-union.ts';
import { WESTERN_UNION_PROFILE } from './western-union-profile.ts';

export type SampleFile = {
  name: string;
  bytes: Uint8Array;
  about: string;
  /** Number of the instrument it answers. */
  instrument: string;
  /** Whether it is read with `profile`. */
  withProfile: boolean;
};

export type SampleMatter = {
  files: SampleFile[];
  instruments: SampleInstrument[];
  references: { name: 'addresses.csv' | 'cell-sites.csv'; bytes: Uint8Array }[];
  profile: typeof WESTERN_UNION_PROFILE;
  truth: Truth;
};

const NAMES: FileNames = {
  meta: 'meta-1190042.zip',
  calls: `t-mobile-cdr-${SENDER.phone.slice(1)}.xlsx`,
  leases: 't-mobile-nat-port-blocks.csv',
  transfers: 'western-union-transactions.xlsx',
  bank: 'desert-lantern-statements.ofx',
};

/** The whole matter for a whole-number seed. */
export async function sampleMatter(seed = 42): Promise<SampleMatter> {
  const city = cityOf(seed);
  const network = networkOf(seed);
  const transfers = transfersOf(seed, city);
  const strangers = strangersTransfersOf(seed, city);
  const life = lifeOf(seed, city, transfers);
  const leases = leasesOf(seed);
  const meta = await metaReturn(loginsOf(seed, life, leases));
  const calls = callsOf(seed, life, transfers, radioOf(seed, network));
  const accounts = accountsOf(seed, transfers);
  const everyTransfer = [...transfers, ...strangers].sort((a, b) => a.sent - b.sent);

  const papers = instruments();
  const text = (content: string) => new TextEncoder().encode(content);
  const file = (name: string, bytes: Uint8Array, paper: SampleInstrument, about: string, withProfile = false): SampleFile =>
    ({ name, bytes, about, instrument: paper.number, withProfile }); // biome-ignore format: one file
  return {
    files: [
      file(NAMES.meta, meta.zip, papers.meta, 'The account: who opened it, a verified number, the addresses it was used from; a preservation snapshot; another account’s record in a zip of its own.'),
      file(NAMES.calls, callWorkbook(calls), papers['t-mobile'], 'Calls and messages of the number with the cells that served the calls; one day more than ordered.'),
      file(NAMES.leases, text(natLogCsv(leases)), papers['t-mobile'], 'Which subscriber held which ports of which shared address: forty subscribers, one of them named in the warrant.'),
      file(NAMES.transfers, transferWorkbook(seed, everyTransfer), papers['western-union'], 'Money sent, at which counter and when; three transfers by other people ride along.', true),
      file(NAMES.bank, text(ofx(accounts)), papers.bank, 'Statements of the account the subpoena names and of a savings account it does not.'),
    ], // biome-ignore format: a table of files
    instruments: Object.values(papers),
    references: [
      { name: 'addresses.csv', bytes: text(addressesCsv(seed, city)) },
      { name: 'cell-sites.csv', bytes: text(cellSitesCsv(network)) },
    ],
    profile: WESTERN_UNION_PROFILE,
    truth: truthOf({ seed, city, transfers, strangers, leases, meta, calls, accounts }, NAMES),
  };
}
