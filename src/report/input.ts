/**
 * What a report is made from. Everything it says is in here: no clock, no locale, no look at the matter again.
 *
 * The rows are those a person may read: people who are not the subject are masked before they get here, and of what is
 * sealed only counts exist.
 */
import type { Finding } from '../analysis/finding.ts';

export type ReportInstrument = {
  id: string;
  version: number;
  kind: string;
  number: string | null;
  servedOn: string | null;
  issuer: string | null;
  purpose: string | null;
  approvedBy: string | null;
  /** One line an item: whom it names, which categories, from when to before when. */
  scopeLines: string[];
};

export type ReportMismatch = { about: string; says: string; stated: string; instrument: string };

export type ReportStatedScope = {
  file: string;
  targets: { type: string; value: string }[];
  began: string | null;
  ended: string | null;
  generated: string | null;
};

export type ReportReceipt = {
  return: string;
  originals: { name: string; sha256: string; sizeBytes: number }[];
  format: string;
  formatTitle: string | null;
  support: string | null;
  limits: string | null;
  seen: number;
  kept: number;
  sealed: number;
  unreadable: number;
  duplicates: number;
  partlySealed: number;
  sealedBy: Record<string, number>;
  mismatches: ReportMismatch[];
  statedScope: ReportStatedScope[];
  declaredZone: string | null;
  profile: { name: string; sha256: string } | null;
  importedAt: string;
  importedBy: string;
  /** Set for a return that was read again under a later paper. */
  unsealed?: { unsealing: string; reason: string; proposedBy: string; openedBy: string };
  /** Of the sealed rows those nothing has read since; null for what was read again. */
  stillSealed: number | null;
};

/** Rows behind a finding; `total` counts those that exist, `rows` holds those handed over. */
export type ReportRows = { columns: string[]; rows: string[][]; total: number };

/** What an examiner wrote between exhibits. */
export type ReportText = { heading: string; text: string; by: string; at: string };

export type ReportInput = {
  matter: { id: string; name: string };
  madeFrom: { program: string; timeZoneDatabase: string };
  instruments: ReportInstrument[];
  receipts: ReportReceipt[];
  /** In the order of the exhibits. */
  findings: Finding[];
  /** What stands between them: a text, or the place of a finding in `findings`. Null is the usual order. */
  arrangement: { parts: (ReportText | number)[] } | null;
  /** By the digest of the finding. */
  rows: Record<string, ReportRows>;
  ledger: { size: number; root: string; checkpoint: string; vkey: string };
  /** How it was asked, as commands in their order. */
  commands: string[];
};

/** The day of the report: that of its latest import, `YYYY-MM-DD`; null when nothing was imported. */
export function reportDay(input: ReportInput): string | null {
  const latest = input.receipts.map(({ importedAt }) => importedAt).sort().at(-1); // biome-ignore format: one
  return latest !== undefined && /^\d{4}-\d{2}-\d{2}/.test(latest) ? latest.slice(0, 10) : null;
}
