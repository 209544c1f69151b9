import { errors } from '@droplock/contracts/errors'
import { describe, expect, test } from 'vitest'
import { answering, createTestApp, failing } from './support/app.ts'
import { expectProblem } from './support/refuses.ts'

const broken = failing(new Error('connection refused'))
const answers = answering(async () => [{ at: new Date(0) }])
const { send } = createTestApp({ test: broken })

describe('health', () => {
  test('the process is live while its database is not', async () => {
    expect((await send({ path: '/healthz' })).status).toBe(200)
    await expectProblem(await send({ path: '/readyz' }), 'unavailable')
  })

  test('it is ready when all its databases answer', async () => {
    expect((await createTestApp({ test: answers }).send({ path: '/readyz' })).status).toBe(200)
    const half = createTestApp({ test: answers, live: broken })
    await expectProblem(await half.send({ path: '/readyz' }), 'unavailable')
  })

  test('it is not ready while it drains', async () => {
    const app = createTestApp({ test: answers }, { draining: () => true })
    await expectProblem(await app.send({ path: '/readyz' }), 'unavailable')
  })
})

describe('documents', () => {
  test('openapi.json is served as it is committed', async () => {
    const response = await send({ path: '/openapi.json' })
    const committed: unknown = await import('../../../packages/contracts/openapi.json', {
      with: { type: 'json' },
    }).then((module) => module.default)
    expect(await response.json()).toEqual(committed)
  })

  test('the reference loads only files of this server, and they are there', async () => {
    const response = await send({ path: '/docs/reference' })
    const page = await response.text()
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; script-src 'self';/)
    const files = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '')
    expect(files).toHaveLength(3)
    for (const file of files) {
      expect(file).toMatch(/^\/docs\/reference\//)
      const asset = await send({ path: file })
      expect(asset.status).toBe(200)
      expect((await asset.text()).length).toBeGreaterThan(10)
    }
  })
})

describe('error pages', () => {
  test.each(Object.keys(errors))('/errors/%s explains the code, to programs and to people', async (code) => {
    const json = await send({ path: `/errors/${code}` })
    expect(await json.json()).toMatchObject({ code, doc: expect.any(String) })
    const html = await send({ path: `/errors/${code}`, headers: { Accept: 'text/html,*/*' } })
    expect(html.headers.get('Content-Type')).toContain('text/html')
    expect(await html.text()).toContain(code)
  })

  test('/errors lists them all, and a code that is none is not found', async () => {
    const index = await send({ path: '/errors', headers: { Accept: 'text/html' } })
    const page = await index.text()
    for (const code of Object.keys(errors)) expect(page).toContain(`/errors/${code}`)
    await expectProblem(await send({ path: '/errors/toString' }), 'not_found')
  })
})
