import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { expect, onTestFinished, test } from 'vitest'
import { derivedFiles, generateFiles } from '../../src/generate/files.ts'
import { repositoryRoot } from '../../src/paths.ts'

/** The run's own database where it is the embedded one. */
async function filesNow() {
  if (process.env['DATABASE_URL'] !== undefined) return generateFiles()
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  return derivedFiles(clone.url)
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
