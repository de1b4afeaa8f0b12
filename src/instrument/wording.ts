/**
 * Words by which a demand asks for more than it names: for everything, until now, for what is yet to come; and, where
 * only disclosure is possible, for a freeze. In English, German, French, Spanish and Italian, as data.
 *
 * A pattern shows a reviewer a phrase; it understands no sentence. What is not listed here is not found.
 */
type Language = 'en' | 'de' | 'fr' | 'es' | 'it';

/** Says nothing of what is meant, however narrow the rest of the item is. */
const SWEEPING: [Language, string][] = [
  ['en', 'any and all|all and any|each and every'],
  ['en', "(?:entire|whole) (?:(?!of)[\\p{L}'-]+ )?(?:account|profile|mailbox)(?! (?:numbers?|names?|ids?|balances?|holders?)(?!\\p{L}))"],
  ['en', '(?:entire|whole|complete|full|all) contents? of (?:the|this|that|said|his|her|their)(?: [\\p{L}-]+)? (?:account|profile|mailbox)'],
  ['en', 'including,? (?:but|and) (?:is |are )?not (?:be )?limited to|including,? without limitation'],
  ['en', 'any other (?:relevant |related |such )?(?:information|records?|data|evidence|materials?)'],
  ['en', 'everything (?:in|about|on|from|you|that|associated|related|relating|stored|held)'],
  ['en', "since (?:the )?(?:account(?:'s)? )?(?:creation|inception|opening)"],
  ['en', "(?:from )?(?:the )?(?:date of )?(?:account(?:'s)? )?(?:creation|inception|opening)(?: date)?(?: of the account)? ?(?:to|until|through|till|up to|-|–|—) ?(?:the )?(?:present|now|date|today|receipt)"],
  ['en', "from (?:the )?(?:creation|inception)(?: of the account)?(?= *(?:$|[.,;:)]))|from (?:account )?(?:creation|inception) onwards?"],
  ['de', 'alle und jede[nrs]?|jede[nrs]? und alle|sämtliche[nrs]? und jegliche[nrs]?'],
  ['de', '(?:gesamte[nrms]?|vollständige[nrms]?|komplette[nrms]?) (?:account|konto|nutzerkonto|benutzerkonto|profil|postfach)(?:s|inhalt(?:e|s)?)?'],
  ['de', 'einschlie(?:ß|ss)lich,? (?:aber|jedoch) nicht (?:beschränkt|begrenzt) auf|insbesondere,? aber nicht (?:nur|ausschlie(?:ß|ss)lich)'],
  ['de', '(?:seit|ab|von) (?:der )?(?:erstellung|anlegung|eröffnung|einrichtung|kontoeröffnung|kontoerstellung)'],
  ['de', 'alles,? was'],
  ['fr', 'tou(?:t|te|s|tes) et (?:chacune?|n\'importe quel(?:le)?s?)|sans exception'],
  ['fr', "(?:l'intégralité|la totalité|l'ensemble) (?:du|de ce|de son|des contenus du) (?:compte|profil)|(?:compte|profil) (?:entier|complet|intégral|dans son intégralité|en entier)"],
  ['fr', "y compris,? (?:mais )?(?:non|sans|pas) (?:toutefois )?(?:limité(?:e|s|es)? à|s'y limiter|limitation)|notamment,? mais (?:non|pas) exclusivement"],
  ['fr', 'depuis (?:la |sa )?(?:date de )?(?:création|ouverture)'],
  ['es', 'todos y cada uno|todas y cada una|cualesquiera'],
  ['es', '(?:toda la|la totalidad de la|el contenido (?:íntegro|completo) de la) cuenta|cuenta (?:completa|entera|íntegra|en su totalidad)'],
  ['es', 'inclu(?:yendo|id[oa]s?),? (?:pero |mas |aunque )?(?:no|sin) (?:limit(?:arse|ado|ada|ados|adas|ándose)(?: a)?|limitación)'],
  ['es', 'desde (?:la |su )?(?:fecha de )?(?:creación|apertura)'],
  ['it', 'tutti e ciascuno|tutte e ciascuna|ogni e qualsiasi'],
  ['it', "(?:l'|dell'|nell')?inter[oa] (?:account|profilo|conto|casella)|(?:account|profilo) (?:per intero|nella sua interezza)|totalità (?:dell'account|del profilo)"],
  ['it', '(?:inclus|compres)[oiae],? (?:ma )?(?:non|senza) (?:solo|limitat[oiae] a|limitazioni?)|a titolo (?:meramente )?esemplificativo e non esaustivo'],
  ['it', '(?:sin |fin )?dalla (?:data di )?(?:creazione|apertura)'],
]; // biome-ignore format: one line a group of phrases

/** Names no kind of data; harmless where the item states its category and its dates. */
const GENERIC: [Language, string][] = [
  ['en', '(?:all|any|every|complete|total)(?: of)?(?: the| available| related| relevant| associated| stored| account| user| subscriber| other)* (?:records?|data|information|contents?|activity|activities|evidence|files|logs|materials?|documents?|history)'],
  ['de', '(?:alle[nrs]?|sämtliche[nrs]?|jegliche[nrs]?|vollständige[nrs]?)(?: \\p{L}+)? (?:daten|informationen|unterlagen|inhalte?n?|aufzeichnungen|aktivitäten|dateien|protokolle|dokumente)'],
  ['fr', "(?:tous les|toutes les|l'ensemble des|la totalité des|l'intégralité des) (?:données|informations|enregistrements|contenus|activités|documents|fichiers|éléments|journaux)"],
  ['es', 'tod[oa]s l[oa]s (?:datos|informaciones|registros|contenidos|actividades|documentos|archivos)|toda la (?:información|actividad|documentación)|todo el (?:contenido|historial)'],
  ['it', 'tutt[ie] (?:i |gli |le )(?:dati|informazioni|registrazioni|contenuti|attività|documenti|file|log)|tutto il contenuto|qualsiasi (?:dato|informazione)'],
]; // biome-ignore format: one line a language

/** Ends a phrase: without it, `to present` could be what a witness does. */
const ENDS = '(?= *(?:$|[.,;:)\\]]|(?:including|inclusive)(?!\\p{L})))';

/** Until now, where no end is stated. */
const OPEN_ENDED: [Language, string][] = [
  ['en', `(?:to|until|till|through|thru|up to|-|–|—) ?(?:the )?(?:present(?: day| time| date)?|date|current(?: date| time| day)?)${ENDS}`],
  ['en', `(?:until|till|through|up to) (?:now|today)|to (?:now|today)${ENDS}`],
  ['de', 'bis (?:heute|jetzt|dato|zur gegenwart|zum heutigen tage?|zum aktuellen zeitpunkt)'],
  ['fr', "jusqu'(?:à (?:ce jour|présent|aujourd'hui|maintenant)|aujourd'hui)"],
  ['es', 'hasta (?:la fecha|hoy|ahora|el presente|el día de hoy|la actualidad)'],
  ['it', 'ad oggi|(?:fino|sino) (?:a oggi|ad ora|al presente|alla data odierna)'],
]; // biome-ignore format: one line a group of phrases

/** What is not stored yet. */
const FUTURE: [Language, string][] = [
  ['en', `going forward|until further notice|on an? (?:ongoing|continuing|continuous|rolling) basis|(?:and|to|through) ongoing${ENDS}`],
  ['en', 'ongoing (?:production|disclosure|monitoring|access|updates?)|in real[- ]time|live (?:monitoring|interception|feed)'],
  ['en', '(?:future|prospective|upcoming) (?:messages?|communications?|data|activity|log-?ins?|sessions?|records?|content|posts?|traffic|location)|as (?:it|they) (?:occur|arrive|are created)'],
  ['de', 'bis auf weiteres|künftige[nrs]? (?:\\p{L}+)|fortlaufend|in echtzeit|ab sofort'],
  ['fr', "à l'avenir|en temps réel|de manière continue|(?:données|communications|messages) futur(?:e|es|s)"],
  ['es', 'en adelante|en tiempo real|de forma continua(?:da)?|(?:datos|comunicaciones|mensajes) futur[oa]s'],
  ['it', 'in futuro|in tempo reale|su base continuativa|(?:dati|comunicazioni|messaggi) futur[ie]'],
]; // biome-ignore format: one line a group of phrases

/** To stop an account or money, which is no disclosure. */
const FREEZE: [Language, string][] = [
  ['en', "(?:freeze|freezing|lock|locking|lock down|suspend|suspending|disable|disabling|deactivate|block|blocking|seize|seizing|restrain)(?: and \\p{L}+)? (?:(?:the|this|that|these|those|any|all|said|both|his|her|their|its|user's|suspect's|target's|associated|linked) )*(?:accounts?|funds|wallets?|balances?|assets|money|withdrawals?|transfers?)"],
  ['en', '(?:accounts?|funds|wallets?|balances?|assets|money) (?:to be|be|must be|should be|is to be|are to be) (?:immediately |promptly )?(?:frozen|locked|suspended|disabled|deactivated|blocked|seized|restrained)'],
  ['en', 'preserve[- ]and[- ]lock|place (?:a|an) (?:hold|freeze|lock) on'],
  ['de', '(?:konto|konten|account|accounts|guthaben|gelder|wallet)(?: \\p{L}+){0,3} (?:ein(?:zu)?frieren|(?:zu )?sperren|einzuziehen|stillzulegen)|(?:kontosperrung|sperrung (?:des|der) (?:kontos|konten|accounts))'],
  ['fr', '(?:geler|bloquer|suspendre|saisir) (?:le|les|ce|ces|tous les|son|ses) (?:comptes?|fonds|avoirs|soldes?)|(?:gel|blocage) (?:des|du) (?:fonds|avoirs|comptes?)'],
  ['es', '(?:congelar|bloquear|suspender|inmovilizar|incautar) (?:la|las|el|los|esta|su|sus) (?:cuentas?|fondos|saldos?)|(?:bloqueo|congelación) de (?:la|las|los) (?:cuentas?|fondos)'],
  ['it', "(?:congelare|bloccare|sospendere|sequestrare) (?:il |i |gli |l'|questo )(?:account|conto|conti|fondi|saldo)|blocco (?:dell'account|del conto|dei fondi)"],
]; // biome-ignore format: one line a language

/** The phrase itself, as it is written (its beginning, when it goes on and on), or null. */
export const sweepingPhrase = finder(SWEEPING);
export const genericPhrase = finder(GENERIC);
export const openEndedPhrase = finder(OPEN_ENDED);
export const futurePhrase = finder(FUTURE);
export const freezePhrase = finder(FREEZE);

/** A pattern for any of the phrases, as whole words, in whichever case. */
export function phrases(...words: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}

function finder(groups: readonly [Language, string][]): (text: string) => string | null {
  const patterns = groups.map(([, words]) => phrases(words));
  return (text) => {
    const plain = text.normalize('NFC').replace(/[‘’]/g, "'").replace(/\s+/g, ' ');
    for (const pattern of patterns) {
      const found = pattern.exec(plain);
      if (found) return shortened(found[0].trim());
    }
    return null;
  };
}

/** A phrase is quoted to a reader; a page of it is none. */
function shortened(phrase: string): string {
  return phrase.length <= 120 ? phrase : `${phrase.slice(0, 119)}…`;
}
