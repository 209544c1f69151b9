import { readFileSync } from 'node:fs'
import { accountTopics } from '@droplock/rules/events'
import { expect, test } from 'vitest'
import { operations } from '../src/operations.ts'
import { docsPages } from '../src/pages/page-list.ts'
import { createTestApp, notReached } from './support/app.ts'

const { send } = createTestApp({ test: notReached })

const addresses = docsPages.map(({ slug }) => (slug === '' ? '/docs' : `/docs/${slug}`))

async function read(path: string): Promise<string> {
  const response = await send({ path, headers: { Accept: 'text/html' } })
  expect(response.status, path).toBe(200)
  return response.text()
}

test.each(addresses)(
  '%s is a page that needs no script, with one main heading and its place in the navigation',
  async (path) => {
    const response = await send({ path })
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'self';/)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    const page = await response.text()
    expect(page).not.toMatch(/<script|style=|\son\w+=/)
    expect(page.match(/<h1>/g)).toHaveLength(1)
    expect(page.match(/aria-current="page"/g)).toHaveLength(1)
    expect(page).not.toContain('{{')
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(ids.length)
  },
)

test('every link of every page leads somewhere: on this server to a page and a heading that are there', async () => {
  const seen = new Map<string, string>()
  let links = 0
  for (const path of addresses) {
    const page = await read(path)
    for (const [, href = ''] of page.matchAll(/href="([^"]+)"/g)) {
      if (href.startsWith('https://')) continue
      const [target = '', id] = href.split('#')
      const of = target === '' ? path : target
      if (!seen.has(of)) seen.set(of, await read(of))
      if (id !== undefined) expect(seen.get(of), `${path} ${href}`).toContain(`id="${id}"`)
      links += 1
    }
  }
  expect(links).toBeGreaterThan(200)
})

test('the pages name every topic and every code that there is', async () => {
  const [events, errors] = [await read('/docs/events'), await read('/docs/errors')]
  for (const topic of accountTopics) expect(events).toContain(`<code>${topic}</code>`)
  const document = readFileSync(new URL('../../../packages/contracts/openapi.json', import.meta.url), 'utf8')
  const codes = new Set([...document.matchAll(/"\/errors\/(\w+)"/g)].map((match) => match[1] ?? ''))
  expect(codes.size).toBeGreaterThan(80)
  for (const code of codes) expect(errors).toContain(`/errors/${code}`)
})

test('every path of the API that a page names is an operation', async () => {
  const known = new Set(Object.values(operations).map(({ path }) => path.replaceAll(/\{\w+\}/g, '*')))
  for (const path of addresses.filter((each) => each !== '/docs/changelog')) {
    const page = await read(path)
    const named = [...page.matchAll(/\/v1\/[\w./{}$-]*[\w}]/g)].map(([text]) =>
      text.replaceAll(/\{\w+\}|\$\w+|[0-9a-f-]{36}/g, '*'),
    )
    for (const each of named) expect(known, `${path} ${each}`).toContain(each)
  }
})
