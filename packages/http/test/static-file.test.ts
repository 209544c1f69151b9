import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { fileOnce, prepareFile, sendFile } from '../src/static-file.ts'

const text = Array.from({ length: 50_000 }, (_, line) => `line ${line}\n`).join('')

async function ask(content: string, mediaType: string, acceptEncoding?: string): Promise<Response> {
  const file = await prepareFile(content, mediaType)
  const app = new Hono().get('/', (c) => sendFile(c, file, 'no-cache'))
  return app.request('/', {
    headers: acceptEncoding === undefined ? {} : { 'Accept-Encoding': acceptEncoding },
  })
}

test.each([
  [undefined, null, (bytes: Buffer) => bytes],
  ['identity', null, (bytes: Buffer) => bytes],
  ['br;q=0, deflate', null, (bytes: Buffer) => bytes],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['br;q=0, GZIP;q=0.5', 'gzip', gunzipSync],
  ['gzip, deflate, br', 'br', brotliDecompressSync],
] as const)('a caller that accepts %s is sent %s, and the same file', async (accepted, encoding, unpack) => {
  const response = await ask(text, 'text/plain; charset=utf-8', accepted)
  expect(response.headers.get('Content-Encoding')).toBe(encoding)
  expect(response.headers.get('Vary')).toBe('Accept-Encoding')
  expect(response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
  expect(response.headers.get('Cache-Control')).toBe('no-cache')
  const body = Buffer.from(await response.arrayBuffer())
  expect(response.headers.get('Content-Length') ?? String(body.length)).toBe(String(body.length))
  expect(unpack(body).toString()).toBe(text)
})

test('what compressing does not make smaller is sent as it is', async () => {
  expect((await ask('small', 'text/plain', 'gzip')).headers.get('Content-Encoding')).toBeNull()
  expect((await ask(text, 'image/png', 'gzip')).headers.get('Content-Encoding')).toBeNull()
})

test('a file is read once, for all who ask at the same time too, and again only after it could not be read', async () => {
  let read = 0
  const file = fileOnce(async () => {
    read += 1
    if (read === 1) throw new Error('too many open files')
    return prepareFile('text', 'text/plain')
  })
  await expect(file()).rejects.toThrow('too many open files')
  const [first, second] = await Promise.all([file(), file()])
  expect(first).toBe(second)
  expect(await file()).toBe(first)
  expect(read).toBe(2)
})
