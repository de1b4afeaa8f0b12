/** Mail shows its sender only where the sending system was authenticated and answers go back to where it came from. */
import { type Judged, rule } from '../../rule.ts';
import { order } from '../example.ts';

const byMail = (auth: object) => order({ channel: 'email', requester: { auth } });

export default rule({
  id: 'R-004',
  asks: 'Could the system that sent the mail be authenticated, and do answers go back to it?',
  authority: 'Operational notes on intake that ask for DMARC (RFC 7489)',
  mark: 'V2',
  about: 'authenticity',
  severity: 'pushback',
  appliesTo: ({ channel }) => channel === 'email',
  judge: ({ requester: { auth } }) => {
    const found: Judged[] = [];
    if (auth.dmarc === 'fail') found.push({ path: 'requester.auth.dmarc' });
    if (auth.dmarc === null)
      found.push({
        path: 'requester.auth.dmarc',
        message: 'The mail carries no result of DMARC, so its sending system is not authenticated.',
      });
    if (auth.replyToDiffers === true)
      found.push({
        path: 'requester.auth.replyToDiffers',
        message: 'Answers would go to another domain than the mail came from.',
        cure: 'Send the request again so that answers go to the address it comes from.',
      });
    return found;
  },
  message: 'The mail fails DMARC: its sending system is not one the domain allows.',
  cure: 'We could not authenticate the system that sent your mail. Send it again through your agency’s mail system, or use the portal.',
  examples: [
    { says: 'DMARC passes and answers go back', request: byMail({}), expect: 'met' },
    { says: 'DMARC fails', request: byMail({ dmarc: 'fail' }), expect: [{ severity: 'pushback' }] },
    { says: 'no result of DMARC on a mail', request: byMail({ dmarc: null }), expect: [{ severity: 'pushback' }] },
    {
      says: 'answers go to another domain',
      request: byMail({ replyToDiffers: true }),
      expect: [{ severity: 'pushback' }],
    },
    { says: 'nobody read where answers go', request: byMail({ replyToDiffers: null }), expect: 'met' },
    {
      says: 'nothing of DMARC on what came through the portal',
      request: order({ requester: { auth: { dmarc: null } } }),
      expect: 'not applicable',
    },
  ],
});
