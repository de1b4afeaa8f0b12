/**
 * A provider may disclose on its own good-faith belief; it can believe only what it was told. Each empty field is
 * named.
 */
import { isCertificate } from '../../papers.ts';
import { isBlank } from '../../process.ts';
import { rule } from '../../rule.ts';
import { emergency, order } from '../example.ts';

const FIELDS = [
  ['threat', 'the nature of the emergency'],
  ['personAtRisk', 'the person at risk'],
  ['imminence', 'why the harm is imminent'],
  ['whyNoProcess', 'why there is no time for process'],
  ['howDataHelps', 'how the data averts the harm'],
] as const;

export default rule({
  id: 'R-101',
  asks: 'Does the emergency form say what, who, when, why without process, and what the data would do?',
  authority: 'X, Guidelines for law enforcement; Snap, Law Enforcement Guide (1 July 2025)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => request.kind === 'emergency' && request.emergency !== undefined && !isCertificate(request),
  judge: ({ emergency: form }) => {
    const empty = FIELDS.filter(([field]) => isBlank(form?.[field])).map(([field, words]) => ({
      path: `emergency.${field}`,
      message: `The form does not say ${words}.`,
      cure: `Complete the emergency form: ${words}.`,
    }));
    if (form?.threatTo !== undefined || empty.some(({ path }) => path === 'emergency.threat')) return empty;
    const harm = { path: 'emergency.threatTo', message: 'The form does not say which harm is threatened.' };
    return [...empty, { ...harm, cure: 'Say which harm is threatened: death, serious physical injury, or another.' }];
  },
  message: 'A field of the emergency form is empty.',
  cure: 'Complete the emergency form.',
  examples: [
    { says: 'a complete form', request: emergency(), expect: 'met' },
    {
      says: 'nobody named at risk',
      request: emergency({ emergency: { personAtRisk: ' ' } }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'neither why now nor why without process',
      request: emergency({ emergency: { imminence: '', whyNoProcess: '' } }),
      expect: [{ severity: 'pushback' }, { severity: 'pushback' }],
    },
    {
      says: 'a harm that nobody classified',
      request: emergency({ emergency: { threatTo: undefined } }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'no threat at all',
      request: emergency({ emergency: { threat: '', threatTo: undefined } }),
      expect: [{ severity: 'pushback' }],
    },
    { says: 'no emergency', request: order(), expect: 'not applicable' },
  ],
});
