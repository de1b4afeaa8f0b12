/** What header texts usually mean. Only a proposal rests on these words; reading a return never does. */
import type { IdentifierType } from '../../record/identifier.ts';
import type { Role } from './roles.ts';

export type Meaning = { role: Role; type?: IdentifierType; unit?: 'e7' };

const SENDER = /send(er|ing|)\b|remitter|originator|absender|remitente|exp[ée]diteur/;
const RECEIVER = /receiver|payee|recipient|beneficiary|empf[äa]nger|destinata|beneficiari|b[ée]n[ée]ficiaire/;
const SENT = /\b(send|sent|sending|origin)\b/;
const PAID = /\b(pay|paid|payout|paying|pick ?up|collect(ed|ion)?|receive)\b|auszahlung|paiement|pago/;
const WHEN = /date|time|timestamp|datum|uhrzeit|\bzeit|fecha|\bhora\b|heure|\bwhen\b|created/;
const PHONE = /phone|\btel|mobile|msisdn|telefon|m[óo]vil|t[ée]l[ée]phone|\bnumber called/;
const AGENT = /agent|location id|\bbranch|\bcounter/;
const PLACE = /location|city|place|address|\bort\b|lieu|lugar|country|state/;

/** The role that a header text suggests; null when it suggests none. Times are decided by values, not here. */
export function meaningOf(header: string): Meaning | null {
  const text = header.toLowerCase().replace(/[_.]/g, ' ').replace(/\s+/g, ' ').trim();
  return (
    zoneRole(text) ?? moneyRole(text) ?? personRole(text) ?? networkRole(text) ?? placeRole(text) ?? otherRole(text)
  );
}

function zoneRole(text: string): Meaning | null {
  if (!/zone\b|zeitzone|fuseau|zona horaria|^tz$/.test(text)) return null;
  return { role: PAID.test(text) ? 'paid-zone' : 'zone' };
}

function moneyRole(text: string): Meaning | null {
  if (
    /^(mtcn|ref(erence)?( ?(no|number|id|#))?|control ?(no|number)|transaction ?(id|no|number)|referenz|r[ée]f[ée]rence|referencia)$/.test(
      text,
    )
  )
    return { role: 'reference' };
  if (/currency|w[äa]hrung|devise|moneda|^ccy$/.test(text)) return { role: 'currency' };
  if (/\b(amount|principal)\b|betrag|montant|importe|monto/.test(text)) return { role: 'amount' };
  if (/^(transaction )?(status|estado|statut)$/.test(text)) return { role: 'status' };
  for (const [side, agent, place] of [
    [PAID, 'paid-agent', 'paid-place'],
    [SENT, 'sent-agent', 'sent-place'],
  ] as const) {
    if (!side.test(text) || WHEN.test(text)) continue;
    if (PLACE.test(text)) return { role: place };
    if (AGENT.test(text)) return { role: agent };
  }
  return null;
}

function personRole(text: string): Meaning | null {
  for (const [side, role] of [
    [RECEIVER, 'receiver'],
    [SENDER, 'sender'],
  ] as const) {
    if (!side.test(text) || WHEN.test(text)) continue;
    if (PHONE.test(text)) return { role: `${role}-detail`, type: 'phone' };
    if (/mail/.test(text)) return { role: `${role}-detail`, type: 'email' };
    if (/address|\bid\b|document|birth|dob|city|country|street/.test(text)) return { role: `${role}-detail` };
    return { role, type: 'name' };
  }
  if (
    /^(called|calling|dialed|dialled|other|to|from) ?(party|number)?$|counterpart|gegenstelle/.test(text) &&
    !/^(to|from)$/.test(text)
  )
    return { role: 'counterpart', type: 'phone' };
  if (/^(subscriber|customer) (phone )?(number|phone|msisdn)$/.test(text)) return { role: 'account', type: 'phone' };
  if (/subscriber|customer|account holder|kunde|abonn[ée]|titular/.test(text))
    return { role: 'subscriber', type: 'name' };
  if (/^(account|user|target|profile|konto|compte|cuenta)( ?(id|name|number|no))?$/.test(text))
    return { role: 'account', type: 'account-id' };
  return null;
}

function networkRole(text: string): Meaning | null {
  if (/\bports?\b/.test(text)) {
    if (/low|start|first|from|begin/.test(text)) return { role: 'port-low' };
    if (/high|end|last|\bto\b/.test(text)) return { role: 'port-high' };
    return { role: /range|block|ports/.test(text) ? 'port-range' : 'port' };
  }
  if (/user.?agent|browser/.test(text)) return { role: 'user-agent' };
  if (/^(device|imei|model|ger[äa]t|appareil)\b/.test(text)) return { role: 'device' };
  if (/^(protocol|proto)$/.test(text)) return { role: 'protocol' };
  return null;
}

function placeRole(text: string): Meaning | null {
  const unit = /e7/.test(text) ? { unit: 'e7' as const } : {};
  if (/\blat(itude)?(e7)?\b|breitengrad|^breite$|latitud/.test(text)) return { role: 'latitude', ...unit };
  if (/\b(lon|lng|long)(itude)?(e7)?\b|l[äa]ngengrad|^l[äa]nge$|longitud/.test(text))
    return { role: 'longitude', ...unit };
  if (/^(coordinates|koordinaten|coordonn[ée]es|coordenadas|position|geo)$/.test(text)) return { role: 'coordinates' };
  if (/radius|accuracy|uncertainty|genauigkeit/.test(text)) return { role: 'radius' };
  if (/azimuth/.test(text)) return { role: 'azimuth' };
  if (/^(first|start|originating)?\s?(cell|site|tower)( ?(id|name))?$/.test(text)) return { role: 'cell-first' };
  if (/^(last|end|terminating) (cell|site|tower)( ?(id|name))?$/.test(text)) return { role: 'cell-last' };
  if (/^(location|place|city|ort|lieu|lugar)$/.test(text)) return { role: 'place-text' };
  return null;
}

function otherRole(text: string): Meaning | null {
  if (/duration|dauer|dur[ée]e|duraci[óo]n/.test(text)) return { role: 'duration_seconds' };
  if (/direction|richtung|sens\b|direcci[óo]n/.test(text)) return { role: 'direction' };
  if (/^(action|event|activity|aktion|evento)( type)?$/.test(text)) return { role: 'action' };
  return null;
}

/** Which time role a column of times has by its header. */
export function timeRoleOf(header: string): 'time' | 'ended' | 'paid-time' | 'as-of' {
  const text = header.toLowerCase().replace(/[_.]/g, ' ');
  if (PAID.test(text)) return 'paid-time';
  if (/\b(end|ended|to|until|stop|logout|released?|bis|ende|fin|hasta)\b/.test(text)) return 'ended';
  return /as of|stand|\bvalid\b/.test(text) ? 'as-of' : 'time';
}

/** Whether a header speaks of a time; numbers alone do not show that they are one. */
export function speaksOfTime(header: string): boolean {
  return (
    WHEN.test(header.toLowerCase()) ||
    /\b(from|to|start|end|begin|until|von|bis|login|logout|sent|paid)\b/i.test(header)
  );
}
