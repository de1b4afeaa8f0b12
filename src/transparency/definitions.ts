/** What each published column counts, and from which acts: the one place where that is said in words. */

export type Measure = {
  name: string;
  unit: 'requests' | 'accounts' | 'users' | 'hours' | 'days';
  is: 'count' | 'time';
  says: string;
  /** The acts, or the words of the demand, that it is counted from. */
  from: string;
};

const requests = (name: string, says: string, from: string): Measure => ({ name, unit: 'requests', is: 'count', says, from }); // biome-ignore format: one line
const accounts = (name: string, says: string, from: string): Measure => ({ name, unit: 'accounts', is: 'count', says, from }); // biome-ignore format: one line
const users = (name: string, says: string, from: string): Measure => ({ name, unit: 'users', is: 'count', says, from });
const time = (name: string, unit: 'hours' | 'days', says: string, from: string): Measure => ({ name, unit, is: 'time', says, from }); // biome-ignore format: one line

/** The columns that say what a row is about. */
export const DIMENSIONS: [name: string, says: string, from: string][] = [
  ['period_start', 'First day of the period, UTC. A request is in the period it was received in.', 'receive: at'],
  ['period_end', 'First day after the period.', 'receive: at'],
  ['country_iso2', 'The issuing State of a European order; the requester’s country of any other demand.', 'receive, cure: demand'],
  ['agency_level', 'As the demand says: federal, state, local, foreign, eu_ms, or private for a party to a case; unknown where it says nothing.', 'receive, cure: demand'],
  ['instrument_id', 'Kind of paper the demand rests on in its newest version; none where there is none. XB-MLAT (mutual legal assistance) is in no total but its own.', 'receive, cure: demand'],
  ['service', 'A service the policy names; other for another one, unspecified where the demand names none; empty for bands.', 'receive, cure: demand'],
]; // biome-ignore format: one line a column

/** The columns of section 8 of the project's reference, in its order; the last is added so that outcomes add up. */
export const MEASURES: Measure[] = [
  requests('requests_received', 'Demands for data, emergencies among them. Preservation, renewals, withdrawals and nondisclosure orders that came alone are not.', 'receive: kind production or emergency'),
  accounts('accounts_specified', 'Different identifiers named in each demand as received. A place, a tower, a term and a snapshot name nobody. An account that two demands name counts twice.', 'receive: targets'),
  accounts('accounts_affected', 'Different accounts of this provider that those identifiers were found to name.', 'resolve, the last'),
  requests('requests_produced_full', 'Data were handed over, every item of the newest version was approved, and the demand was never narrowed.', 'package with rows; decide; no narrow'),
  requests('requests_produced_partial', 'Data were handed over for some items only, or after the demand was narrowed.', 'package with rows; decide or narrow'),
  requests('requests_rejected', 'Refused as a whole, a fraud included, without a package.', 'reject; verify: fraud'),
  requests('requests_pushed_back', 'At least one letter of push-back (for a European order, Form 3) was sent, whatever came after.', 'send letter: push back or form 3'),
  requests('requests_narrowed', 'The requester accepted less in writing, whatever came after.', 'narrow'),
  requests('requests_withdrawn', 'The issuer withdrew it before an answer.', 'withdraw'),
  requests('no_responsive_records', 'Answered that nothing responds to it: no such account, no rows in the range, or not held.', 'package without rows; send letter: no responsive records'),
  accounts('accounts_disclosed', 'Different accounts of each demand of which rows were handed over.', 'collect, the last before the package: produced'),
  accounts('content_disclosed_accounts', 'Those of which content was handed over (DC-09, DC-12, DC-13, DC-22).', 'collect, the last before the package: produced'),
  requests('emergency_received', 'Emergency demands, and European orders in an emergency.', 'receive, cure: kind emergency, or eu.emergency'),
  requests('emergency_granted', 'Emergencies answered with a package, whether or not there were rows.', 'package'),
  requests('emergency_rejected_verification', 'Emergencies refused as a fraud, or closed without anyone having been verified.', 'verify: fraud; close without verify: verified'),
  requests('preservation_requests', 'Demands to preserve. They are in no other count of requests.', 'receive: kind preservation'),
  accounts('preservation_accounts', 'Accounts of which rows were preserved under them.', 'preserve: found'),
  requests('preservation_converted', 'Preservations whose snapshot a later paper reached.', 'convert'),
  requests('ndo_attached', 'Demands that came with a court’s nondisclosure order or a statute that forbids notice, and such orders that came alone. A wish for secrecy is not counted.', 'receive, cure: ndo'),
  requests('ndo_indefinite_received', 'Those of a court that named no end, in any version.', 'receive, cure: ndo without endsOn'),
  requests('ndo_challenged', 'Those pushed back after a review found R-120 to R-128 not met.', 'review: findings; send letter: push back or form 3'),
  users('users_notified_before', 'Users of demands of which a notice was sent before data were handed over: accounts disclosed, or accounts found where nothing was; at least one a demand.', 'notify user: before'),
  users('users_notified_delayed', 'The same where the first notice came afterwards.', 'notify user: delayed, none before'),
  users('users_not_notified', 'Accounts disclosed under demands of which no notice was sent. For a European order the issuing authority informs the person.', 'package with rows; no notify user'),
  time('median_hours_to_first_response', 'hours', 'From receipt to the first letter or package, in hours; pauses are not taken off.', 'send letter, package: the first'),
  time('median_days_to_production', 'days', 'From receipt to the package, in days; pauses are not taken off.', 'package'),
  requests('reverse_requests', 'Demands with an item for whoever was somewhere or wrote something.', 'receive, cure: DC-21, or a place, a tower or a term as target'),
  requests('speech_escalations', 'Demands in which a review found that they may be after protected speech.', 'verify, review: finding R-085'),
  requests('fraud_suspected', 'Demands of any kind refused as a fraud, or which the agency denied when called back.', 'verify: fraud; call back: denied'),
  requests('requests_open_or_lapsed', 'Not answered: still open, or closed after a push-back that was not cured. Added to the schema, so that the outcomes add up to requests_received.', 'none of the above outcomes'),
]; // biome-ignore format: one line a column

export const COUNTS: string[] = MEASURES.filter(({ is }) => is === 'count').map(({ name }) => name);

/** What becomes of a request in the end; exactly one holds of each. */
export const OUTCOMES = [
  'requests_produced_full',
  'requests_produced_partial',
  'no_responsive_records',
  'requests_rejected',
  'requests_withdrawn',
  'requests_open_or_lapsed',
] as const;

export const EPOC_COLUMNS: [name: string, says: string, from: string][] = [
  ['period_start', 'First day of the period, UTC.', 'receive: at'],
  ['period_end', 'First day after the period.', 'receive: at'],
  ['certificate', 'EPOC, or EPOC-PR for preservation.', 'receive, cure: instrument'],
  ['data_class', 'subscriber, identification, traffic or content (Article 3(9) to (12)); unstated where no item tells. An order for several classes counts in each.', 'receive, cure, narrow: items'],
  ['issuing_state', 'The issuing State.', 'receive, cure: eu.issuingState'],
  ['emergency', 'yes for an emergency case (Article 3(18)).', 'receive, cure: eu.emergency'],
  ['received', 'Certificates that ask for this class.', 'receive'],
  ['fulfilled', 'Answered, with an item of this class approved; for an EPOC-PR, preserved.', 'package, or send letter: no responsive records; decide; preserve'],
  ['not_fulfilled', 'Ended or answered otherwise.', 'reject, withdraw, close, verify: fraud, or package without an item of this class'],
  ['still_open', 'Neither yet.', 'none of these'],
  ['average_hours_to_data', 'From receipt to the package, of those fulfilled.', 'package'],
  ['average_days_to_follow_up', 'For an EPOC-PR: from receipt to the order that follows it, or to Form 5.', 'convert; renew: Form 5'],
]; // biome-ignore format: one line a column

export const DSA_COLUMNS: [name: string, says: string, from: string][] = [
  ['period_start', 'First day of the period, UTC.', 'receive: at'],
  ['period_end', 'First day after the period.', 'receive: at'],
  ['member_state', 'The Member State whose authority issued the order.', 'receive, cure: demand'],
  ['orders_received', 'Orders to provide information (Regulation (EU) 2022/2065, Article 10).', 'receive: instrument EU-DSA10'],
  ['median_hours_to_acknowledge', 'From receipt to the acknowledgement; to the first letter where there was none.', 'send letter: acknowledgement'],
  ['median_hours_to_effect', 'From receipt to the package, or to the letter that nothing responds.', 'package; send letter: no responsive records'],
]; // biome-ignore format: one line a column

export const TOTALS_COLUMNS: [name: string, says: string, from: string][] = [
  ['counted', 'A kind of paper; or all, which leaves out XB-MLAT and US-NSL. The other columns are those of transparency.csv.', 'receive, cure: instrument'],
]; // biome-ignore format: one line a column

export const FIRST_RESPONSE_COLUMNS: [name: string, says: string, from: string][] = [
  ['period_start', 'First day of the period, UTC.', 'receive: at'],
  ['period_end', 'First day after the period.', 'receive: at'],
  ['label', 'Time from receipt to the first letter or package: from the first time up to, not including, the second.', 'send letter, package: the first'],
  ['requests', 'Demands for data, without mutual legal assistance and national security letters.', 'receive'],
]; // biome-ignore format: one line a column

const UNITS: Record<string, string> = { period_start: 'date', period_end: 'date' };

/** Every column of every table of a report, as a table of its own. */
export function definitionRows(): { columns: string[]; rows: string[][] } {
  const words = (file: string, columns: [string, string, string][]) =>
    columns.map(([name, says, from]) => [file, name, UNITS[name] ?? unitOf(name), says, from]);
  return {
    columns: ['file', 'column', 'unit', 'says', 'counted_from'],
    rows: [
      ...words('transparency.csv', DIMENSIONS),
      ...MEASURES.map(({ name, unit, says, from }) => ['transparency.csv', name, unit, says, from]),
      ...words('totals.csv', TOTALS_COLUMNS),
      ...words('epoc.csv', EPOC_COLUMNS),
      ...words('dsa.csv', DSA_COLUMNS),
      ...words('first-response.csv', FIRST_RESPONSE_COLUMNS),
    ],
  };
}

function unitOf(name: string): string {
  if (/_hours_/.test(name)) return 'hours';
  if (/_days_/.test(name)) return 'days';
  return /^(received|fulfilled|not_fulfilled|still_open|orders_received|requests)$/.test(name) ? 'requests' : '';
}
