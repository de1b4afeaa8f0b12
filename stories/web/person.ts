/**
 * People at browsers: a real server on a data directory, a real Chromium, a passkey each, and a watch over every request.
 *
 * Screenshots go to `artefacts/web/`. A page that asks another host for anything, runs a script of its own, opens a dialog or
 * throws fails the story.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { personInvite } from '../../src/desk/people.ts';
import { perform } from '../../src/desk/perform.ts';
import type { Role } from '../../src/entry/roles.ts';
import { type Served, serve } from '../../src/http/serve.ts';

const ARTEFACTS = fileURLToPath(new URL('../../artefacts/web/', import.meta.url));
const PAGES = fileURLToPath(new URL('../../dist/web', import.meta.url));

export const SIZES = {
  wide: { width: 1440, height: 900 },
  middle: { width: 1024, height: 768 },
  narrow: { width: 390, height: 844 },
};

export type Desk = {
  url: string;
  served: Served;
  browser: Browser;
  /** A person with a passkey, invited with a role and signed in; their page stands at the first one. */
  enters(name: string, role?: Role, matter?: string): Promise<Person>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type Person = {
  name: string;
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page: errors, dialogs, requests to other hosts, policy violations. Empty in a good story. */
  trouble: string[];
  /** Goes to a path of the pages and waits for its heading. */
  opens(path: string): Promise<void>;
  /** Waits until nothing is being worked on and no dialog is open. */
  settles(): Promise<void>;
  /** Presses a button, and signs when asked to. */
  signs(button: string): Promise<void>;
  picture(name: string, size?: keyof typeof SIZES): Promise<void>;
};

export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  }); // biome-ignore format: a line of words
}

/** Serves a data directory; the pages are those that `node web/build.ts` made. */
export async function deskOn(dir: string, port = 0, oidc?: string): Promise<Desk> {
  const served = await serve({ dir, port, oidc, pages: PAGES });
  const browser = await startBrowser();
  let first = served.firstCode;
  return {
    url: served.url,
    served,
    browser,
    async enters(name, role, matter) {
      let code = first;
      if (code === null) {
        const invited = (await perform(
          personInvite,
          { name, ...(role ? { role } : {}), ...(matter ? { matter } : {}) },
          { dir, actor: 'the story' },
        )) as { code: string };
        code = invited.code;
      }
      const person = await personAt(browser, served.url, name);
      await person.page.goto(`${served.url}#code=${code}`);
      if (first !== null) await person.page.getByLabel('Your name').fill(name);
      first = null;
      await person.page.getByRole('button', { name: 'Make a passkey' }).click();
      await person.page.getByRole('heading', { name: `Good day, ${name}` }).waitFor();
      return person;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await served.close();
    },
  };
}

/** A browser context of its own with a virtual passkey, as a device of one person. */
export async function personAt(browser: Browser, url: string, name: string): Promise<Person> {
  const context = await browser.newContext({
    viewport: SIZES.wide,
    acceptDownloads: true,
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  }); // biome-ignore format: a line of options
  const trouble: string[] = [];
  const { host } = new URL(url);
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d|ERR_CONNECTION|ERR_EMPTY/.test(message.text()))
      trouble.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.host !== host && !['data:', 'blob:', 'about:'].includes(asked.protocol))
      trouble.push(`request: ${request.url()}`);
  });
  return {
    name,
    page,
    context,
    trouble,
    async opens(path) {
      // As a link does: the session stays, nothing is loaded anew.
      await page.evaluate(
        `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
      );
      await page.locator('main h1').first().waitFor();
    },
    async settles() {
      for (const what of ['[role=dialog]', '.working']) {
        const still = page.locator(what).first();
        await still.waitFor({ state: 'detached', timeout: 15_000 }).catch(async () => {
          throw new Error(`still there after 15 s: ${await still.textContent()}; ${trouble.join('; ')}`);
        });
      }
    },
    async signs(button) {
      await page.bringToFront();
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByRole('button', { name: 'Sign with your passkey' }).click();
    },
    async picture(file, size = 'wide') {
      mkdirSync(ARTEFACTS, { recursive: true });
      await page.setViewportSize(SIZES[size]);
      await page.screenshot({ path: join(ARTEFACTS, `${file}-${size}.png`), animations: 'disabled' });
      await page.setViewportSize(SIZES.wide);
    },
  };
}
