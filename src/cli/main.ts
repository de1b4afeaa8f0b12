#!/usr/bin/env node
/** Where the command line begins. What it does is in `program.ts`; its compiled form is kept for the next call. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./program.ts');
