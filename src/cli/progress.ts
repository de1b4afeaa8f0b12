/** How far long work has come, on a terminal only: one line that is written over. */
export function progressOn(stream: NodeJS.WriteStream): { say(text: string): void; end(): void } {
  let shown = 0;
  let last = 0;
  return {
    say(text) {
      const moment = performance.now();
      if (!stream.isTTY || moment - last < 100) return;
      last = moment;
      stream.write(`\r${text.padEnd(shown)}`);
      shown = text.length;
    },
    end() {
      if (shown > 0) stream.write(`\r${' '.repeat(shown)}\r`);
      shown = 0;
    },
  };
}
