/** A voice, a fax or a chat can point to the portal; it is no demand that can be filed, verified and answered. */
import { rule, when } from '../../rule.ts';
import { emergency, order } from '../example.ts';

const WORDS: Record<string, string> = { phone: 'by telephone', fax: 'by fax', chat: 'in a chat' };

export default rule({
  id: 'R-012',
  asks: 'Was the request made in writing, through the portal, by mail or by post?',
  authority: 'Practice of response teams; Meta and X publish a portal and a postal address',
  mark: 'GK',
  about: 'authenticity',
  severity: 'pushback',
  appliesTo: () => true,
  judge: ({ channel, items, targets }) =>
    when(channel in WORDS && items.length + targets.length > 0, {
      path: 'channel',
      message: `The demand was made ${WORDS[channel]}.`,
    }),
  message: 'The demand was made by telephone, by fax or in a chat.',
  cure: 'Submit the request in writing through the portal, or by post.',
  examples: [
    { says: 'through the portal', request: order(), expect: 'met' },
    { says: 'by post', request: order({ channel: 'post' }), expect: 'met' },
    { says: 'by fax', request: order({ channel: 'fax' }), expect: 'pushback' },
    { says: 'in a chat', request: order({ channel: 'chat' }), expect: 'pushback' },
    { says: 'an emergency told on the telephone', request: emergency({ channel: 'phone' }), expect: 'pushback' },
    {
      says: 'a call that asks for nothing but the way to the portal',
      request: order({ channel: 'phone', items: [], targets: [] }),
      expect: 'met',
    },
    { says: 'nobody wrote down how it came', request: order({ channel: 'other' }), expect: 'met' },
  ],
});
