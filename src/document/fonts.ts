/** The typefaces of a report, from packages in the house. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

export const REGULAR = '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf';
export const SEMIBOLD = '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf';
export const MONO = '@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf';

export function fontBytes(name: string): Buffer {
  return readFileSync(resolve(name));
}
