import { X509Certificate } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { certificatesIn, makeCertificates } from '../src/tls.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sim-tls-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the server certificate is good for localhost and 127.0.0.1, signed by the authority, and no authority itself', async () => {
  const { caPem, certPem } = await makeCertificates(NOW)
  const authority = new X509Certificate(caPem)
  const server = new X509Certificate(certPem)
  expect(server.checkIssued(authority)).toBe(true)
  expect(server.verify(authority.publicKey)).toBe(true)
  expect(server.checkHost('localhost')).toBe('localhost')
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(server.checkHost('example.pl')).toBeUndefined()
  expect([authority.ca, server.ca]).toEqual([true, false])
})

test('certificates are kept over restarts, and made anew when they end soon, are damaged or do not match', async () => {
  const first = await certificatesIn(folder, NOW)
  expect(await certificatesIn(folder, NOW)).toEqual(first)
  const nextYear = await certificatesIn(folder, new Date('2027-11-10T12:00:00Z'))
  expect(nextYear).not.toEqual(first)
  await writeFile(join(folder, 'server.pem'), 'damaged')
  expect(await certificatesIn(folder, NOW)).not.toEqual(nextYear)
  await writeFile(join(folder, 'ca.pem'), first.caPem)
  expect((await certificatesIn(folder, NOW)).caPem).not.toBe(first.caPem)
})

test('the folder holds what clients and server need, unreadable to others, and not the authority’s key', async () => {
  const made = await certificatesIn(folder, NOW)
  const files = await readdir(folder)
  expect(files.toSorted()).toEqual(['ca.pem', 'server-key.pem', 'server.pem'])
  expect((await stat(join(folder, 'server-key.pem'))).mode & 0o077).toBe(0)
  expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(made.caPem)
})
