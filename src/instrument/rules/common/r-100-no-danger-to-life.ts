/**
 * Urgency is no emergency: the law lets a provider disclose without process where somebody may die or be gravely hurt,
 * and European orders run in hours for that and for infrastructure on which lives depend. Whether the form says which
 * harm it is, R-101 asks.
 */
import { isCertificate } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { emergency, europeanOrder, order } from '../example.ts';

const DANGER: readonly string[] = ['death', 'serious physical injury'];

const facing = (threatTo: string | undefined) => emergency({ emergency: { threatTo } });
const form = emergency().emergency;
const european = (threatTo: string) =>
  europeanOrder({ eu: { emergency: true, emergencyGround: 'see form' }, emergency: { ...form, threatTo } });

export default rule({
  id: 'R-100',
  asks: 'Is somebody in danger of death or serious physical injury?',
  authority: '18 U.S.C. § 2702(b)(8) and (c)(4); Regulation (EU) 2023/1543, Article 3(18)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) =>
    request.emergency !== undefined && (request.kind === 'emergency' || request.eu?.emergency === true),
  judge: (request) => {
    const threat = request.emergency?.threatTo;
    if (threat === undefined || DANGER.includes(threat)) return [];
    const path = 'emergency.threatTo';
    if (!isCertificate(request)) return [{ path }];
    if (threat === 'critical infrastructure') return [];
    return [
      {
        path,
        severity: 'pushback',
        message: 'The reason given is no emergency case of the Regulation; the time limit of ten days applies.',
        cure: 'Say how life, physical integrity or safety is in imminent danger; otherwise we comply within ten days.',
      },
    ];
  },
  message: 'No danger of death or serious physical injury to a person is stated.',
  cure: 'Urgency alone is not an emergency. Serve process; ask for preservation meanwhile.',
  form3: 'other',
  examples: [
    { says: 'a child in danger of serious injury', request: emergency(), expect: 'met' },
    { says: 'a threat of death', request: facing('death'), expect: 'met' },
    { says: 'stolen goods', request: facing('property'), expect: 'reject' },
    { says: 'a power plant, and nobody named', request: facing('critical infrastructure'), expect: 'reject' },
    { says: 'a harm that nobody classified is another question', request: facing(undefined), expect: 'met' },
    {
      says: 'a power plant, on a European emergency order',
      request: european('critical infrastructure'),
      expect: 'met',
    },
    { says: 'property, on a European emergency order', request: european('property'), expect: 'pushback' },
    { says: 'no emergency', request: order(), expect: 'not applicable' },
  ],
});
