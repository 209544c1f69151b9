import type { MemberSession } from '@droplock/core/members/session-key'
import { sourceFrom } from '@droplock/http/source'
import { languages } from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import { createClient, ProblemError } from '@droplock/sdk/client'
import { pages } from '@droplock/sdk/pages'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Dependencies, Environment, Marketplace } from '../marketplace.ts'
import { namesAsCsv, statementAsCsv } from './csv.ts'
import { currencyOf } from './preferences.ts'
import type { Sessions } from './sessions.ts'
import { askerOf, clientOf, type Visitors } from './visitors.ts'

/** Of the names a file reads page after page, at most 250 of them. */
const FILE_COUNTS_AS = 50

type Mounted = { readonly sessions: Sessions; readonly visitors: Visitors }

/** Lists as CSV, and what search engines ask for. */
export function mountFiles(
  app: Marketplace,
  { settings, gateway, keys }: Dependencies,
  { sessions, visitors }: Mounted,
): void {
  app.get('/names.csv', async (c) => {
    const session = await sessions.of(c.req.raw.headers).catch(() => undefined)
    if (session === undefined) visitors.admit(sourceFrom(c.env), FILE_COUNTS_AS)
    const currency = session?.currency ?? (await currencyOf(c, visitors))
    const client = clientOf(visitors, currency, askerOf(c))
    return sendCsv(c, 'names.csv', namesAsCsv(client, new URL(c.req.url).search, currency))
  })

  app.get('/statement.csv', async (c) => {
    const session = await sessions.of(c.req.raw.headers)
    if (session === undefined) throw new Refusal('unauthenticated', 'Sign in first.')
    const { from = '', to = '' } = c.req.query()
    const client = clientOfSession(session, c.var.requestId)
    return sendCsv(c, `statement-${from.slice(0, 7)}.csv`, statementAsCsv(client, { from, to }))
  })

  /** The gateway with the key of a session, as the pages have it in a browser. */
  const clientOfSession = ({ keyId }: MemberSession, requestId: string) =>
    createClient({
      baseUrl: 'http://gateway.invalid',
      fetch: (request) => {
        const { pathname, search } = new URL(request.url)
        const apiKey = keys.textOf(keyId)
        return gateway.forward({ request, path: pathname + search, body: undefined, apiKey, requestId })
      },
    })

  app.get('/robots.txt', (c) => c.text(robotsOf(settings.origin)))

  app.get('/sitemap.xml', async (c) => {
    const client = clientOf(visitors, await currencyOf(c, visitors), askerOf(c))
    const zones: string[] = []
    for await (const { zone } of pages(client, '/v1/zones')) zones.push(`/names?zone=${zone}`)
    c.header('Content-Type', 'application/xml; charset=utf-8')
    return c.body(sitemapOf(settings.origin, ['/names', '/help', ...zones]))
  })
}

/** A refusal of the first page is answered as the gateway answers it. Later ones end the file. */
async function sendCsv(c: Context<Environment>, name: string, pieces: AsyncGenerator<string>) {
  try {
    const first = await pieces.next()
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '')}"`)
    c.header('Cache-Control', 'private, no-cache')
    return c.body(ReadableStream.from(encoded(first.value ?? '', pieces)))
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem === undefined) throw error
    c.header('Content-Type', 'application/problem+json')
    return c.body(JSON.stringify(error.problem), error.status as ContentfulStatusCode)
  }
}

async function* encoded(
  first: string,
  pieces: AsyncIterable<string>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  yield encoder.encode(first)
  for await (const piece of pieces) yield encoder.encode(piece)
}

/** What people have of their own is found by nobody. */
const withheld = ['/api/', '/auth/', '/people/', '/*/account', '/*/order', '/*/sign-', '/*/reset-password']

function robotsOf(origin: string): string {
  const lines = ['User-agent: *', ...withheld.map((path) => `Disallow: ${path}`), '']
  return [...lines, `Sitemap: ${origin}/sitemap.xml`, ''].join('\n')
}

function sitemapOf(origin: string, paths: readonly string[]): string {
  const addresses = paths.flatMap((path) => languages.map((language) => `${origin}/${language}${path}`))
  const entries = addresses.map((address) => `  <url><loc>${address}</loc></url>`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...entries,
    '</urlset>',
    '',
  ].join('\n')
}
