/**
 * Telephone numbers that stand in a text: those a request brings along, and that nobody is called back at.
 *
 * Digits only, in the order of the text; country and area are not made up. Days and addresses of machines are left out;
 * other long numbers, such as a docket's, may be among them.
 */
import { isIPv4 } from 'node:net';

export function numbersIn(text: string): string[] {
  const found = text.match(/\+?\(?\d[\d \t\u00a0().\u2010-\u2015/-]{5,30}\d/g) ?? [];
  const numbers = found
    .filter((written) => !/^\d{4}-\d{2}-\d{2}(\D|$)/.test(written) && !isIPv4(written))
    .map((written) => written.replace(/\D/g, ''))
    .filter((digits) => digits.length >= 7 && digits.length <= 15);
  return [...new Set(numbers)];
}

/** Whether two ways of writing can mean one number: the same digits, or one with what may stand before the other's. */
export function canBeOneNumber(one: string, other: string): boolean {
  const digits = [one, other].map((text) => text.replace(/\D/g, '').replace(/^0+/, ''));
  const [short, long] = digits.sort((a, b) => a.length - b.length) as [string, string];
  return short.length >= 7 && long.endsWith(short);
}
