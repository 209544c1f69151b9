import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { migrate } from '@droplock/core/database/migrate'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test } from 'vitest'
import { derivedFiles, generateFiles } from '../../src/generate/files.ts'
import { repositoryRoot } from '../../src/paths.ts'

/** From a fresh database on the run's server, where that is the embedded one. */
async function filesNow() {
  if (process.env['DATABASE_URL'] !== undefined) return generateFiles()
  const clone = await cloneDatabase()
  const fresh = new URL(`${clone.url}_fresh`)
  const name = fresh.pathname.slice(1)
  await onServer(clone.url, (client) => client.query(`create database ${name}`))
  onTestFinished(async () => {
    await onServer(clone.url, (client) => client.query(`drop database ${name} with (force)`))
    await clone.drop()
  })
  await migrate(fresh.href)
  return derivedFiles(fresh.href)
}

test('every committed file that is derived is what `npm run generate` writes now', async () => {
  const files = await filesNow()
  expect(files.length).toBeGreaterThan(0)
  for (const { path, text } of files) {
    expect(readFileSync(path, 'utf8'), `${relative(repositoryRoot, path)} is stale: npm run generate`).toBe(
      text,
    )
  }
})
