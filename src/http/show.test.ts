import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { show } from './show.ts';

type Answer = { status: number; headers: Record<string, unknown>; body: string };

function get(url: string, path: string, host?: string, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, method, headers: host ? { host } : {} }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

test('shows the files of one folder on this machine and nothing beside them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourcorners-show-'));
  mkdirSync(join(folder, 'report', 'exhibits'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'not for the browser');
  writeFileSync(join(folder, 'report', 'report.html'), '<h1>Report</h1>');
  writeFileSync(join(folder, 'report', 'exhibits', '1 areas.json'), '{}');
  const { url, server } = await show(join(folder, 'report'), 0);
  try {
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await get(url, '/');
    assert.deepEqual([page.status, page.body], [200, '<h1>Report</h1>']);
    assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
    assert.equal((await get(url, '/exhibits/1%20areas.json')).status, 200);
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/exhibits/../../secret.txt',
      '//secret.txt',
      '/nothing.html',
    ]) {
      const { status, body, headers } = await get(url, path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(body, /not for the browser/);
      assert.ok(headers['content-security-policy'], 'an error says no more than a page may');
    }
    assert.equal((await get(url, '/', 'evil.example')).status, 404, 'a name from elsewhere pointed at this machine');
    assert.equal((await get(url, '/', undefined, 'POST')).status, 405);
    await assert.rejects(show(join(folder, 'report'), Number(new URL(url).port)), { code: 'http/port-in-use' });
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
