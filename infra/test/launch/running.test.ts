import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keepEnvironment, readEnvironment } from '../../src/launch/running.ts'

function givenPlace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-running-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'environment.json')
}

test('what runs can be found while it runs, by its owner alone', async () => {
  const place = givenPlace()
  const stopped: string[] = []
  const env = { DROPLOCK_EMBEDDED: '1', DROPLOCK_SANDBOX_API_KEY: 'play' }
  const stop = async () => void stopped.push('database')
  const kept = keepEnvironment({ url: 'postgres://here', env, stop }, place)
  expect(readEnvironment(place)).toEqual({ ...env, DATABASE_URL: 'postgres://here' })
  expect(statSync(place).mode & 0o777).toBe(0o600)
  await kept.stop()
  expect(readEnvironment(place)).toBeUndefined()
  expect(stopped).toEqual(['database'])
})

test('a database of yours is written nowhere', () => {
  const place = givenPlace()
  const database = { url: 'postgres://secret', env: { DROPLOCK_EMBEDDED: '0' }, stop: async () => undefined }
  keepEnvironment(database, place)
  expect(readEnvironment(place)).toBeUndefined()
})
