/** Where the pages begin. */
import './look/tokens.css';
import './look/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { applyTheme } from './me.svelte.ts';

type Policies = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown };
const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
// Scripts of workers come from here and nowhere else; no other text becomes a script or markup.
policies?.createPolicy('default', {
  createScriptURL(url) {
    const { origin } = new URL(url, location.href);
    if (origin !== location.origin) throw new TypeError('a script from elsewhere');
    return url;
  },
});

applyTheme();
mount(App, { target: document.getElementById('app')! });
