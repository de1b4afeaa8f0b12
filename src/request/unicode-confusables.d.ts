/** The library ships its types under a name that no compiler looks for. */
declare module 'unicode-confusables' {
  const library: {
    isConfusing(text: string): boolean;
    rectifyConfusion(text: string): string;
  };
  export default library;
}
