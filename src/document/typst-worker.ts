/** Compiles a report or a letter with Typst, in a thread of its own: it needs much memory for a short time. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import init, { TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';
import { fontBytes, MONO, REGULAR, SEMIBOLD } from './fonts.ts';
import type { TypstJob } from './typst.ts';

const PDF = 1;
const WITH_PLACES = 3;
const { resolve } = createRequire(import.meta.url);
const { template, data, figures } = workerData as TypstJob;
await init({ module_or_path: readFileSync(resolve('@myriaddreamin/typst-ts-web-compiler/wasm')) });
const builder = new TypstCompilerBuilder();
builder.set_dummy_access_model();
for (const font of [REGULAR, SEMIBOLD, MONO]) await builder.add_raw_font(fontBytes(font));
const compiler = await builder.build();
const layout = (name: string) => readFileSync(new URL(`./${name}.typ`, import.meta.url), 'utf8');
compiler.add_source('/blocks.typ', layout('blocks'));
compiler.add_source('/main.typ', layout(template));
compiler.map_shadow('/data.json', Buffer.from(data));
for (const { path, svg } of figures) compiler.map_shadow(path, Buffer.from(svg));
const { result, diagnostics } = compiler.snapshot(undefined, '/main.typ').get_artifact(PDF, WITH_PLACES) as {
  result?: Uint8Array;
  diagnostics?: unknown;
};
parentPort!.postMessage(result ? { pdf: result } : { failed: JSON.stringify(diagnostics) });
