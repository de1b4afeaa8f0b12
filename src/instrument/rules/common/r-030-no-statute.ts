/** A demand names the provision it rests on, and that provision is one its kind of paper is made under. */

import { isEuropean } from '../../process.ts';
import { rule } from '../../rule.ts';
import { europeanOrder, order, preservation, subpoena, warrant } from '../example.ts';
import { provisionMissing } from '../statutes.ts';

const citing = (type: string, ...statutes: string[]) => order({ instrument: { type, statutes } });

export default rule({
  id: 'R-030',
  asks: 'Does the process cite a provision that authorises it?',
  authority: 'Published guidelines of TikTok and WeTransfer',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  // What a European order has to cite is judged by R-160.
  appliesTo: (request) => {
    const { type } = request.instrument;
    const paper = type !== undefined && type !== 'US-CONSENT' && type !== 'OWN-DATA';
    return request.kind === 'production' && paper && !isEuropean(request);
  },
  judge: ({ instrument: { type = '', statutes } }) => {
    const path = 'instrument.statutes';
    if (statutes.length === 0) return [{ path }];
    const missing = provisionMissing(type, statutes);
    if (missing === null) return [];
    return [
      {
        path,
        message: `The process cites ${statutes.join('; ')}; one of its kind (${type}) rests on ${missing}.`,
        cure: `The provision you cite does not authorise this kind of process. Cite ${missing}, or serve the process that your provision allows.`,
      },
    ];
  },
  message: 'The process cites no provision.',
  cure: 'Cite the provision that authorises this demand.',
  examples: [
    { says: 'an order that cites its provision', request: order(), expect: 'met' },
    { says: 'a grand jury’s subpoena', request: subpoena(), expect: 'met' },
    { says: 'a warrant', request: warrant(), expect: 'met' },
    {
      says: 'the provision in other letters',
      request: citing('US-2703D', '18 USC §§2703 (c)(1)(B), (d)'),
      expect: 'met',
    },
    { says: 'nothing is cited', request: citing('US-SUBP'), expect: 'pushback' },
    {
      says: 'a (d) order that cites the preservation provision',
      request: citing('US-2703D', '18 U.S.C. § 2703(f)'),
      expect: 'pushback',
    },
    {
      says: 'a customs summons that cites a drug statute',
      request: citing('US-1509', '21 U.S.C. § 876'),
      expect: 'pushback',
    },
    { says: 'a drug subpoena', request: citing('US-DEA-876', '21 U.S.C. § 876'), expect: 'met' },
    {
      says: 'an agency’s subpoena that cites no statute of the agency',
      request: citing('US-SUBP-ADMIN', '18 U.S.C. § 2703(c)(2)'),
      expect: 'pushback',
    },
    {
      says: 'an agency’s subpoena with its own statute',
      request: citing('US-SUBP-ADMIN', '18 U.S.C. § 2703(c)(2)', '38 U.S.C. § 5711'),
      expect: 'met',
    },
    {
      says: 'a letter and nothing else, judged by R-020',
      request: order({ instrument: { type: undefined } }),
      expect: 'not applicable',
    },
    {
      says: 'a preservation letter that cites nothing',
      request: preservation({ instrument: { statutes: [] } }),
      expect: 'not applicable',
    },
    {
      says: 'a European order that cites nothing',
      request: europeanOrder({ instrument: { statutes: [] } }),
      expect: 'not applicable',
    },
  ],
});
