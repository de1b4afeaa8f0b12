/** Sections of the United States Code that a text cites, in whichever way it writes them. It knows no other code. */
export type Citation = { title: number; section: string };

const CITED =
  /\b(\d{1,2}) ?U\.? ?S\.? ?(?:C\.?(?: ?A\.?)?(?:ode)?) ?(?:§+|sections?\b|sec\.?)? ?(\d+[A-Za-z]{0,2}(?:-\d+)?)/gi;

export function citationsIn(text: string): Citation[] {
  return [...text.replace(/\s+/g, ' ').matchAll(CITED)].map(([, title, section]) => ({
    title: Number(title),
    section: section!,
  }));
}

/** Whether the text cites this title, and one of these sections where any are named. */
export function cites(text: string, title: number, ...sections: string[]): boolean {
  return citationsIn(text).some(
    (cited) =>
      cited.title === title &&
      (sections.length === 0 || sections.some((section) => section.toLowerCase() === cited.section.toLowerCase())),
  );
}
