/** The domain of a mail address, and whether it is one of a list. It does not say who may write from there. */

/** In lower case, without a closing dot; null when the text is no address. */
export function domainOf(address: string): string | null {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return address.includes('@') && domain !== '' ? domain.replace(/\.$/, '') : null;
}

/** Whether the domain is one of these or lies below one: `mail.county.example` is within `county.example`. */
export function within(domain: string, domains: readonly string[]): boolean {
  return domains.some((one) => domain === one.toLowerCase() || domain.endsWith(`.${one.toLowerCase()}`));
}
