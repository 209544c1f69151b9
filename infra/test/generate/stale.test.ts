import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, test } from 'vitest'
import { generatedFiles } from '../../src/generate/files.ts'
import { repositoryRoot } from '../../src/paths.ts'

test('every committed file that is derived is what `npm run generate` writes now', async () => {
  const files = await generatedFiles()
  expect(files.length).toBeGreaterThan(0)
  for (const { path, text } of files) {
    expect(readFileSync(path, 'utf8'), `${relative(repositoryRoot, path)} is stale: npm run generate`).toBe(
      text,
    )
  }
})
