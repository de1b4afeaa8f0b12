/**
 * Mailboxes anyone can open, by their registrable domain. Well known ones only; a provider adds to them in its policy.
 *
 * General knowledge, to be looked over now and then: a domain that is missing here is still none of the directory's.
 */
const COUNTRIES = (name: string, endings: string) => endings.split(' ').map((ending) => `${name}.${ending}`);

export const FREE_MAIL: ReadonlySet<string> = new Set([
  ...COUNTRIES('yahoo', 'com ca co.uk co.in co.id co.jp co.nz co.th com.ar com.au com.br com.cn com.hk com.mx com.my com.ph com.sg com.tr com.tw com.vn de dk es fr gr ie in it no pl ro se'),
  ...COUNTRIES('hotmail', 'com be ca ch co.id co.il co.jp co.nz co.th co.uk co.za com.ar com.au com.br com.mx com.tr com.tw cz de dk es fi fr gr it nl no pt rs se sg'),
  ...COUNTRIES('outlook', 'com at be cl co.id co.il co.th com.ar com.au com.br com.gr com.tr com.vn cz de dk es fr hu ie in it jp kr lv my ph pt sa sg sk'),
  ...COUNTRIES('live', 'com at be ca ch cl cn co.uk co.za com.ar com.au com.mx com.my com.pt com.sg de dk fi fr ie in it jp nl no ru se'),
  ...COUNTRIES('gmx', 'com at ch co.uk de es eu fr li net org us'),
  ...COUNTRIES('yandex', 'com by com.tr kz ru ua uz'),
  ...COUNTRIES('protonmail', 'com ch'),
  ...COUNTRIES('tutanota', 'com de'),
  ...COUNTRIES('mail', 'com ru ee de'),
  ...COUNTRIES('aol', 'com co.uk de fr'),
  ...COUNTRIES('seznam', 'cz'),
  'gmail.com', 'googlemail.com', 'ymail.com', 'rocketmail.com', 'myyahoo.com', 'msn.com', 'windowslive.com', 'passport.com',
  'icloud.com', 'me.com', 'mac.com', 'proton.me', 'pm.me', 'tuta.io', 'tuta.com', 'tutamail.com', 'tutanota.com', 'keemail.me',
  'zoho.com', 'zohomail.com', 'zohomail.eu', 'fastmail.com', 'fastmail.fm', 'hushmail.com', 'hey.com', 'posteo.de', 'posteo.net',
  'mailbox.org', 'startmail.com', 'runbox.com', 'mailfence.com', 'disroot.org', 'riseup.net', 'cock.li', 'duck.com', 'skiff.com',
  'web.de', 'freenet.de', 't-online.de', 'arcor.de', 'email.de', 'bluewin.ch', 'laposte.net', 'orange.fr', 'free.fr', 'wanadoo.fr',
  'sfr.fr', 'libero.it', 'virgilio.it', 'tiscali.it', 'alice.it', 'tin.it', 'terra.es', 'sapo.pt', 'telenet.be', 'skynet.be',
  'ziggo.nl', 'xs4all.nl', 'kpnmail.nl', 'btinternet.com', 'sky.com', 'virginmedia.com', 'ntlworld.com', 'talktalk.net',
  'o2.pl', 'wp.pl', 'onet.pl', 'interia.pl', 'op.pl', 'centrum.cz', 'email.cz', 'post.cz', 'azet.sk', 'freemail.hu', 'citromail.hu',
  'abv.bg', 'inbox.lv', 'bk.ru', 'list.ru', 'inbox.ru', 'internet.ru', 'rambler.ru', 'ukr.net', 'i.ua', 'meta.ua',
  'qq.com', 'foxmail.com', '163.com', '126.com', 'yeah.net', 'sina.com', 'sina.cn', 'sohu.com', 'aliyun.com', '139.com',
  'naver.com', 'daum.net', 'hanmail.net', 'nate.com', 'rediffmail.com', 'walla.co.il', 'walla.com', 'mynet.com',
  'uol.com.br', 'bol.com.br', 'terra.com.br', 'ig.com.br', 'globo.com', 'prodigy.net.mx', 'comcast.net', 'verizon.net', 'att.net',
  'sbcglobal.net', 'bellsouth.net', 'cox.net', 'charter.net', 'earthlink.net', 'juno.com', 'netzero.net', 'optonline.net',
  'rogers.com', 'shaw.ca', 'sympatico.ca', 'bigpond.com', 'optusnet.com.au', 'xtra.co.nz', 'mweb.co.za', 'lycos.com', 'excite.com',
  'usa.com', 'email.com', 'consultant.com', 'europe.com', 'post.com', 'inbox.com', 'mail2world.com', 'gawab.com', 'maktoob.com',
  'guerrillamail.com', 'sharklasers.com', 'mailinator.com', '10minutemail.com', 'yopmail.com', 'temp-mail.org', 'tempmail.com',
  'trashmail.com', 'dispostable.com', 'getnada.com', 'maildrop.cc', 'throwawaymail.com', 'simplelogin.com', 'anonaddy.com', 'addy.io',
]); // biome-ignore format: a list
