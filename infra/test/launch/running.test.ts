import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ofEachApp } from '@droplock/core/database/app-roles'
import { expect, onTestFinished, test } from 'vitest'
import { keepEnvironment, readEnvironment } from '../../src/launch/launch-record.ts'

const urls = ofEachApp((app) => `postgres://${app}@here`)

function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-running-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('what runs can be found while it runs, by its owner alone', async () => {
  const folder = givenFolder()
  const stopped: string[] = []
  const env = { DROPLOCK_EMBEDDED: '1', DROPLOCK_SANDBOX_API_KEY: 'play' }
  const stop = async () => void stopped.push('database')
  const file = join(folder, 'environment.json')
  writeFileSync(file, '{}', { mode: 0o644 })
  const kept = keepEnvironment({ url: 'postgres://here', urls, prepare: async () => env, stop }, true, folder)
  expect(await kept.prepare([])).toEqual(env)
  expect(readEnvironment(folder)).toEqual({ ...env, DATABASE_URL: 'postgres://here' })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await kept.stop()
  expect(readEnvironment(folder)).toBeUndefined()
  expect(stopped).toEqual(['database'])
})

test('a database of yours is written nowhere', async () => {
  const folder = givenFolder()
  const database = { url: 'postgres://secret', urls, prepare: async () => ({}), stop: async () => undefined }
  await keepEnvironment(database, false, folder).prepare([])
  expect(readEnvironment(folder)).toBeUndefined()
})
