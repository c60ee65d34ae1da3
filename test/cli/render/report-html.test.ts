import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { source as axe } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { reportHtml } from '../../../cli/render/report-html';
import { toReport } from '../../../core/report';
import { lookBack } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { builtReportPage, REPORT_PAGE } from '../../../report-page/build';
import { recordNamed } from '../../support/golden';
import { temporaryFolder } from '../../support/log-files';
import { changed, FIXTURES, OWN, policyOf, policyUpdate, recordOf, type JsonObject } from '../../support/records';

const { at } = temporaryFolder();

const HOSTILE_TEXT = '</script><script>document.title="run"</script><img src=x onerror="document.title=\'run\'"><!--';
const HOSTILE = changed(recordNamed('policy-opened-to-everyone'), {
  eventID: 'hostile',
  eventTime: '2026-11-20T13:00:00Z',
  userAgent: HOSTILE_TEXT,
  'userIdentity/userName': HOSTILE_TEXT,
  'requestParameters/domainName': HOSTILE_TEXT,
  'requestParameters/accessPolicies': policyOf('*', { Sid: HOSTILE_TEXT }),
});

const RECORDS: readonly JsonObject[] = [
  ...FIXTURES.map((name, number) => ({ ...recordOf(name), eventID: `id-${number}` })),
  policyUpdate('14:01', policyOf('*')),
  policyUpdate('14:48', policyOf({ AWS: OWN })),
  HOSTILE,
];

async function htmlOf(records: readonly JsonObject[] = RECORDS): Promise<string> {
  const criteria = toCriteria();
  const back = lookBack(criteria);
  back.add(records, HOSTILE_TEXT);
  const inputs = { read: 1, skipped: {}, unread: [{ name: HOSTILE_TEXT, why: HOSTILE_TEXT }] };
  return reportHtml(toReport(await back.judged(), inputs, criteria.trust));
}

test('the page is the one that report-page/ makes', () => {
  expect(readFileSync(REPORT_PAGE, 'utf8')).toBe(builtReportPage());
});

describe('the file', () => {
  test('lets nothing run and asks for nothing, by its policy', async () => {
    const html = await htmlOf();
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      expect.stringMatching(/^script-src 'sha256-[A-Za-z0-9+/=]+'$/),
      expect.stringMatching(/^style-src 'sha256-[A-Za-z0-9+/=]+'$/),
      "style-src-attr 'unsafe-inline'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(html) ?? [];
    expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    const markup = html.replace(/<(script|style)\b[^]*?<\/\1>/g, '');
    expect(markup).not.toMatch(/<(img|link|iframe|object|embed|script)\b| (src|href|on\w+)=/);
  });

  test('holds what strangers wrote as data that no element ends in', async () => {
    const html = await htmlOf();
    const blocks = [...html.matchAll(/<script type="application\/json" id="([\w-]+)">([^]*?)<\/script>/g)];
    expect(blocks.length).toBeGreaterThan(1);
    for (const [, , json = ''] of blocks) {
      expect(json).not.toContain('<');
      expect(() => JSON.parse(json) as unknown).not.toThrow();
    }
    expect((html.match(/<\/script>/g) ?? []).length).toBe(blocks.length + 1);
  });
});

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
);
if (CHROMIUM === undefined) {
  process.stderr.write(
    'SKIPPED: the page of a report is not opened, as there is no Chromium (apt-get install chromium)\n',
  );
}

(CHROMIUM === undefined ? describe.skip : describe)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => browser.close());

  /** Opens the page, and remembers what should not be. */
  async function opened(
    hash = '',
    records?: readonly JsonObject[],
  ): Promise<{ readonly page: Page; readonly faults: string[]; readonly url: string }> {
    writeFileSync(at('report.html'), await htmlOf(records));
    const url = pathToFileURL(at('report.html')).href;
    const page = await (await browser.newContext()).newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) faults.push(`request: ${request.url()}`);
    });
    await page.goto(`${url}${hash}`);
    await page.waitForSelector('.count');
    return { page, faults, url };
  }

  const countIn = async (page: Page): Promise<string> => (await page.textContent('.count')) ?? '';

  test("it runs without an error, a request or anything of a stranger's", async () => {
    const { page, faults } = await opened();
    for (const summary of await page.locator('.call summary', { hasText: 'img' }).all()) await summary.click();
    expect(await page.title()).toBe('Configuration calls');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.details').first().textContent()).toContain('onerror=');
    expect(faults).toEqual([]);
  }, 60_000);

  test('it tells how long a domain was open, and what a call changed', async () => {
    const { page } = await opened('#domain=logs&from=2026-11-20');
    expect(await page.textContent('.exposures')).toContain(
      'logs was open to the internet for 47 minutes, 14:01 to 14:48 UTC on 2026-11-20',
    );
    expect(await page.locator('.band.open').count()).toBeGreaterThan(0);
    await page.locator('.call summary').last().click();
    expect(await page.textContent('.differences')).toContain('accessPolicies');
    // A repair is not undone.
    expect(await page.locator('.command').count()).toBe(0);
  }, 60_000);

  test('it tells how to set an opening back', async () => {
    const records = [policyUpdate('13:00', policyOf({ AWS: OWN })), policyUpdate('14:01', policyOf('*'))];
    const { page } = await opened('#domain=logs&from=2026-11-20', records);
    await page.locator('.call summary', { hasText: '14:01' }).click();
    expect(await page.textContent('.command')).toContain('aws opensearch update-domain-config');
  }, 60_000);

  test('it is filtered by the keyboard, and the address has the filters and brings them back', async () => {
    const { page, url } = await opened();
    const all = await countIn(page);
    await page.keyboard.press('/');
    await page.keyboard.type('deletedomain');
    await page.waitForFunction(`document.querySelector('.count').textContent !== ${JSON.stringify(all)}`);
    const found = await countIn(page);
    expect(page.url()).toContain('search=deletedomain');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.details');
    await page.getByRole('button', { name: /critical/ }).press('Enter');
    const both = await countIn(page);
    const again = await (await browser.newContext()).newPage();
    await again.goto(page.url());
    await again.waitForSelector('.count');
    expect(await countIn(again)).toBe(both);
    expect(await again.inputValue('input[type=search]')).toBe('deletedomain');
    await page.keyboard.press('x');
    expect(await countIn(page)).toBe(all);
    expect(page.url()).toBe(`${url}#`);
    expect(found).not.toBe(all);
  }, 60_000);

  test.each(['light', 'dark'] as const)(
    'axe finds no violation in %s',
    async (colorScheme) => {
      const { page } = await opened();
      await page.emulateMedia({ colorScheme });
      await page.locator('.call summary').first().click();
      await page.waitForSelector('.details');
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const { axe: inPage } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await inPage.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''}`);
      });
      expect(violations).toEqual([]);
    },
    120_000,
  );

  test('on paper nothing is folded that was to be read, and what is left out is said', async () => {
    const records = Array.from({ length: 300 }, (_, at) => ({
      ...policyUpdate('14:01', policyOf(at % 2 === 0 ? '*' : { AWS: OWN })),
      eventID: `id-${at}`,
      eventTime: new Date(Date.UTC(2026, 10, 20) + at * 3600_000).toISOString(),
    }));
    const { page } = await opened('', records);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.exposures li:visible').count()).toBe(150);
    expect(await page.locator('.on-paper').innerText()).toBe('and 100 more calls, which are not printed');
    expect(await page.locator('button.more').isVisible()).toBe(false);
  }, 60_000);

  test('it fits a telephone', async () => {
    const { page } = await opened();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }, 60_000);
});
