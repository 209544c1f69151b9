import { randomBytes } from 'node:crypto'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import type { Language } from '@droplock/rules/members'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DrawnPage, PageRequest } from '../src/pages/page-state.ts'
import { openGateway } from '../src/server/gateway.ts'
import { keysFrom } from '../src/server/keys.ts'
import { clientOf, openVisitors } from '../src/server/visitors.ts'
import { useWorld } from './support/world.ts'

// What the server answers, without any script: pages as search engines read them, from a gateway that runs.

const world = useWorld()
const origin = 'https://pages.test'
const HOUR_MS = 3_600_000
const asker = { requestId: 'of-a-test', source: '192.0.2.1' }
const names = ['b.test', 'a.test', 'xn--bcher-kva.test', ...numbered(60)]

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `name-${String(index).padStart(2, '0')}.test`)
}

async function* rows(): AsyncGenerator<DropEntry> {
  const purgeAt = new Date(Date.now() + 30 * HOUR_MS)
  for (const [index, name] of names.entries()) {
    const dropDate = purgeAt.toISOString().slice(0, 10)
    yield { kind: 'row', line: index + 1, name, zone: 'test', purgeAt, dropDate }
  }
}

beforeAll(async () => {
  const run = await stageList(world.ctx, {
    registryId: 'test',
    source: 'test',
    format: 'test',
    contentSha256: () => randomBytes(32),
    scope: () => ({ kind: 'increment', zones: ['test'] }),
    entries: rows(),
  })
  await publishRun(world.ctx, { runId: run.id, opensAt: new Date(0) })
})

/** Tests of drawing are not tests of limits. */
const unbounded = { burst: 10_000, perSecond: 1_000 }

/** By a variable: the components are checked with the libraries of browsers. */
const bundle = new URL('../src/pages/entry-server.tsx', import.meta.url).pathname

async function draw(path: string, language: Language = 'en', viewer: PageRequest['state']['viewer'] = null) {
  const { drawPage }: { drawPage: (request: PageRequest) => Promise<DrawnPage> } = await import(bundle)
  const { pathname, search } = new URL(`/${language}${path}`, origin)
  const visitors = openVisitors(world.ctx, openGateway(world.gatewayUrl, 20_000), world.keys, unbounded)
  return drawPage({
    origin,
    path: pathname,
    search: search.slice(1),
    now: new Date(),
    api: clientOf(visitors, 'USD', asker),
    state: {
      language,
      currency: 'USD',
      currencies: ['USD'],
      viewer,
      stripeKey: null,
      supportMail: 'help@names.example',
    },
  })
}

/** As people read it. */
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('each page says where customers write to', async () => {
  for (const path of ['/names', '/help', '/account/balance'])
    expect((await draw(path)).body).toContain('href="mailto:help@names.example"')
})

describe('the list of names', () => {
  test('has names, prices, times, a heading and a link to the next page', async () => {
    const { status, body, head } = await draw('/names?order=name')
    expect(status).toBe(200)
    expect(body.match(/<h1[ >]/g)).toHaveLength(1)
    expect(textOf(body)).toContain(`${names.length} names`)
    expect(body).toContain('href="/en/names/a.test"')
    expect(textOf(body)).toContain('$19.00')
    expect(body).toMatch(/<time dateTime="\d{4}-/i)
    expect(textOf(body)).toContain('Next list:')
    expect(head).toContain('<title>')
    const next = /rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"/.exec(body)
    const second = await draw((next?.[1] ?? next?.[2] ?? '').replaceAll('&amp;', '&').replace('/en', ''))
    expect(textOf(second.body)).toContain('name-59.test')
    expect(textOf(second.body)).toContain('bücher.test')
    expect(textOf(second.body)).not.toContain('name-00.test')
    // There is no end of such lists, and each name is on a page of its own.
    expect(second.head).toContain('noindex')
  })

  test('is filtered by a form that needs no scripts', async () => {
    const { body } = await draw('/names?q=name&zone=test&digits=any&length_max=7')
    expect(body).toMatch(/<form[^>]* method="get"|<form[^>]*method="get"/)
    expect(textOf(body)).toContain('60 names')
    expect(body).toContain('name="q"')
    expect(body).toContain('value="name"')
    // Each filter can be removed by a link.
    expect(body).toContain('Remove the filter Digits: With')
  })

  test.each([
    ['shape', 'shape=XYZ', 'Up to six of C, V, L and N'],
    ['length_min', 'length_min=many', 'A whole number from 1 to 63'],
    ['price_max', 'price_max=cheap', 'An amount such as 10 or 9.90'],
    ['q', 'q=ab', 'At least three letters or digits'],
  ])('says at the field %s what the API does not take', async (field, search, said) => {
    const { status, body, head } = await draw(`/names?${search}`)
    expect(status).toBe(200)
    const input = new RegExp(`<input[^>]*name="${field}"[^>]*>`).exec(body)?.[0] ?? ''
    expect(input).toContain('aria-invalid="true"')
    expect(textOf(body)).toContain(said)
    expect(head).toContain('noindex')
  })

  test('says so where nothing is found', async () => {
    expect(textOf((await draw('/names?q=nothing-is-named-so')).body)).toContain('No name matches')
  })
})

describe('a name', () => {
  test('has its price, times, the rules of its zone and what an order is', async () => {
    const { status, body, head } = await draw('/names/a.test')
    expect(status).toBe(200)
    const text = textOf(body)
    for (const said of [
      'a.test',
      '$19.00',
      'no service fee is added',
      'Orders close',
      'Drop window',
      'Cannot be cancelled once paid',
      '15 minutes at most',
      'Rules of . test',
      'Success rate',
      '$15.00',
    ])
      expect(text.replaceAll('Rules of .test', 'Rules of . test')).toContain(said)
    expect(body).toContain('href="/en/order?name=a.test"')
    expect(head).toMatch(/<meta name="description" content="[^"]*\$19\.00/)
    expect(head).toContain(`<link rel="canonical" href="${origin}/en/names/a.test" />`)
    expect(head).toContain(`hreflang="zh" href="${origin}/zh/names/a.test"`)
  })

  test('that is on no list is answered with 404, and can be watched', async () => {
    const { status, body, head } = await draw('/names/nowhere.test')
    expect(status).toBe(404)
    expect(textOf(body)).toContain('nowhere.test is not on any list')
    expect(head).toContain('noindex')
  })

  test('in an address that cannot be decoded is answered with 404', async () => {
    const { status, body } = await draw('/names/%E0%A4%A')
    expect(status).toBe(404)
    expect(textOf(body)).toContain('is not on any list')
  })
})

test('the notices are all on one page, in both languages, with a table of contents', async () => {
  for (const [language, title] of [
    ['en', 'Help'],
    ['zh', '帮助'],
  ] as const) {
    const { status, body, head } = await draw('/help', language)
    expect(status).toBe(200)
    expect(head).toContain(`<title>${title} · Droplock</title>`)
    const topics = [...body.matchAll(/<a href="#(\w+)"/g)].map(([, topic]) => topic)
    expect(topics).toHaveLength(10)
    for (const topic of topics) expect(body).toContain(`<section id="${topic}"`)
  }
})

test('a page that is not there is answered with 404', async () => {
  for (const path of ['/nothing', '/names/a.test/more', '/help/fees'])
    expect((await draw(path)).status).toBe(404)
})

test('a name in an address is text on the page, and nothing else', async () => {
  const { body, head, status } = await draw('/names/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E')
  expect(status).toBe(404)
  expect(body + head).not.toContain('<script>alert')
})

test('what a person with a session sees is not drawn by the server, and says nothing of the account', async () => {
  const viewer = {
    id: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44',
    email: 'ann@example.test',
    name: 'Ann',
    role: 'owner',
    mustAcceptTerms: false,
    isSuspended: false,
  } as const
  const { status, body, head } = await draw('/account/balance', 'en', viewer)
  expect(status).toBe(200)
  expect(textOf(body)).not.toContain('$')
  expect(head).toContain('noindex')
})

test('where the gateway does not answer, the page is not drawn: the server says that it is down', async () => {
  const { drawPage }: { drawPage: (request: PageRequest) => Promise<DrawnPage> } = await import(bundle)
  const visitors = openVisitors(world.ctx, openGateway('http://127.0.0.1:9', 20_000), world.keys, unbounded)
  const drawn = drawPage({
    origin,
    path: '/en/names',
    search: '',
    now: new Date(),
    api: clientOf(visitors, 'USD', asker),
    state: {
      language: 'en',
      currency: 'USD',
      currencies: ['USD'],
      viewer: null,
      stripeKey: null,
      supportMail: 'help@names.example',
    },
  })
  await expect(drawn).rejects.toThrow('cannot be reached')
})

describe('files', () => {
  test('the names that filters find are a CSV file, and filters that are refused are answered as the API does', async () => {
    const browser = world.browser()
    const found = await browser.get('/names.csv?zone=test&zone=&price_max=19&order=name')
    expect(found.status).toBe(200)
    const lines = (await found.text()).trim().split('\r\n')
    expect(lines).toHaveLength(names.length + 1)
    expect(lines[1]).toMatch(/^a\.test,test,19\.00,USD,/)
    const refused = await browser.get('/names.csv?shape=XYZ')
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'invalid_request' })
  })

  test('search engines see what is there, and what is of nobody’s interest', async () => {
    const robots = await (await world.browser().get('/robots.txt')).text()
    expect(robots).toContain('Disallow: /*/account')
    expect(robots).toContain('Sitemap: http://market.test/sitemap.xml')
    const sitemap = await (await world.browser().get('/sitemap.xml')).text()
    for (const path of ['/en/names', '/zh/help', '/en/names?zone=test'])
      expect(sitemap).toContain(`<loc>http://market.test${path}</loc>`)
  })

  test('a statement is for whoever has signed in', async () => {
    expect((await world.browser().get('/statement.csv?from=2026-11-01T00:00:00.000Z')).status).toBe(401)
  })
})

test('visitors read on when the secret has changed, from which their key is derived', async () => {
  const gateway = openGateway(world.gatewayUrl, 20_000)
  const readWith = async (secret: string) => {
    const visitors = openVisitors(world.ctx, gateway, keysFrom([secret], 'test'), unbounded)
    return (await visitors.read('/v1/listings', 'USD', asker)).status
  }
  expect(await readWith('a secret of the marketplace that was known')).toBe(200)
  expect(await readWith('another secret of the marketplace than before')).toBe(200)
  expect(await readWith('a secret of the marketplace that was known')).toBe(200)
})
