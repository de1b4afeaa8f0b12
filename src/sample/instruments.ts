/** The papers of the matter, as `instrument add --file` takes them: one for each company. */
import { BANK, ORDERED, SENDER } from './cast.ts';
import { isoUtc } from './clock.ts';

export type SampleInstrument = {
  kind: string;
  number: string;
  servedOn: string;
  issuedOn: string;
  issuer: { name: string; role: string };
  purpose: string;
  offences: { statute: string }[];
  basis: string;
  items: { target: { type: string; value: string }; categories: string[]; began: string; ended: string }[];
};

type Company = 'meta' | 't-mobile' | 'western-union' | 'bank';

const COURT = { name: 'U.S. District Court, District of New Mexico', role: 'magistrate judge' };
const JURY = {
  name: 'Grand jury, U.S. District Court, District of New Mexico',
  role: 'grand jury through the United States Attorney',
};

export function instruments(): Record<Company, SampleInstrument> {
  const range = { began: isoUtc(ORDERED.began), ended: isoUtc(ORDERED.ended) };
  const item = (type: string, value: string, ...categories: string[]) => ({
    target: { type, value },
    categories,
    ...range,
  });
  const shared = { purpose: 'wire fraud', offences: [{ statute: '18 U.S.C. § 1343' }] };
  return {
    meta: {
      ...shared,
      kind: 'US-2703D',
      number: '17-mc-0042',
      servedOn: 'Facebook',
      issuedOn: '2017-04-12',
      issuer: COURT,
      basis:
        'Buyers paid an account that offered goods on the service and sent none. The court finds specific and articulable ' +
        'facts that the records sought are relevant and material to an ongoing criminal investigation.',
      items: [item('facebook-id', SENDER.facebookId, 'DC-01', 'DC-02', 'DC-03')],
    },
    't-mobile': {
      ...shared,
      kind: 'US-WARRANT',
      number: '17-mr-0137',
      servedOn: 'T-Mobile',
      issuedOn: '2017-04-14',
      issuer: COURT,
      basis:
        'The number is verified on the account and was called around transfers of the proceeds. Probable cause that its ' +
        'call records, cell locations and address assignments are evidence of wire fraud.',
      // Two items: what the number did, and which addresses and ports it was given.
      items: [item('phone', SENDER.phone, 'DC-01', 'DC-06', 'DC-11'), item('phone', SENDER.phone, 'DC-02')],
    },
    'western-union': {
      ...shared,
      kind: 'US-SUBP',
      number: '17-gj-0218',
      servedOn: 'Western Union',
      issuedOn: '2017-04-12',
      issuer: JURY,
      basis: 'Grand jury subpoena under Fed. R. Crim. P. 17(c) for business records of a money transmitter.',
      items: [item('phone', SENDER.phone, 'DC-08')],
    },
    bank: {
      ...shared,
      kind: 'US-SUBP',
      number: '17-gj-0219',
      servedOn: BANK.name,
      issuedOn: '2017-04-12',
      issuer: JURY,
      basis: 'Grand jury subpoena under Fed. R. Crim. P. 17(c) for records of one account.',
      items: [item('bank-account', BANK.checking, 'DC-08')],
    },
  };
}
