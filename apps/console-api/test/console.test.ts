import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Send } from './support/app.ts'
import { expectProblem } from './support/problem.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
const root = mkdtempSync(join(tmpdir(), 'console-'))
const script = `console.log('${'x'.repeat(5_000)}')\n`
let send: Send
beforeAll(() => {
  const folder = join(root, 'dist')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Console</title>')
  writeFileSync(join(folder, 'assets', 'main-abc123.js'), script)
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  writeFileSync(join(root, 'secret.txt'), 'not for the world')
  send = createTestApp(world.ctx, { consoleFolder: folder }).send
})
afterAll(() => rmSync(root, { recursive: true }))

describe('the built console', () => {
  test.each(['/', '/index.html', '/listings/some-id', '/sync-runs?page=2'])(
    '%s is its page, never stale',
    async (path) => {
      const response = await send({ path, headers: { Accept: 'text/html' } })
      expect(response.status).toBe(200)
      expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('Cache-Control')).toBe('no-cache')
      expect(await response.text()).toContain('<title>Console</title>')
    },
  )

  test('files named by their content are kept for ever, compressed where asked', async () => {
    const path = '/assets/main-abc123.js'
    const plain = await send({ path })
    expect(plain.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
    expect(plain.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(await plain.text()).toBe(script)
    const packed = await send({ path, headers: { 'Accept-Encoding': 'gzip' } })
    expect(packed.headers.get('Content-Encoding')).toBe('gzip')
    expect((await packed.arrayBuffer()).byteLength).toBeLessThan(script.length / 2)
  })

  test('other files are asked for again', async () => {
    const response = await send({ path: '/favicon.svg' })
    expect(response.headers.get('Content-Type')).toBe('image/svg+xml')
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
  })

  test.each([
    '/assets/gone.js',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/api/nothing',
    '/api/',
  ])('%s is not there', async (path) => {
    await expectProblem(await send({ path, headers: { Accept: 'text/html' } }), 'not_found')
  })

  test.each(['/%00.js', '/%zz.js'])('%s is no path', async (path) => {
    await expectProblem(await send({ path, headers: { Accept: 'text/html' } }), 'malformed_text')
  })

  test('a program that wants no page gets none', async () => {
    await expectProblem(
      await send({ path: '/nothing', headers: { Accept: 'application/json' } }),
      'not_found',
    )
  })

  test('before it is built a page says so', async () => {
    const response = await world.send({ path: '/', headers: { Accept: 'text/html' } })
    expect(response.status).toBe(503)
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
    expect(await response.text()).toContain('not built')
  })
})
