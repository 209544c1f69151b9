import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'
import { runVitest } from '../../src/test/run-vitest.ts'
import type { Tally } from '../../src/test/tally.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'droplock-tally-'))
  cpSync(join(import.meta.dirname, 'fixture'), root, { recursive: true })
  // Not in the fixture: our own checks would trip over it.
  writeFileSync(join(root, 'does-not-parse.case.ts'), 'const = nothing')
  symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'))
})
afterAll(() => rmSync(root, { recursive: true }))

const tally = (file: string, more: { endMsMax?: number } = {}) =>
  runVitest({ root, args: [`${file}.case.ts`], quiet: true, ...more })

test.concurrent.for<[string, Tally]>([
  ['passes', { passed: 2, failed: 0 }],
  ['fails', { passed: 1, failed: 1 }],
  ['does-not-load', { passed: 0, failed: 1 }],
  ['does-not-parse', { passed: 0, failed: 1 }],
  ['hook-throws', { passed: 1, failed: 1 }],
  ['rejects-unhandled', { passed: 1, failed: 1 }],
  ['ends-the-process', { passed: 0, failed: 1 }],
  ['is-not-there', { passed: 0, failed: 1 }],
])('a file that %s is counted as %j', async ([file, expected]) => {
  expect(await tally(file)).toEqual(expected)
})

test.concurrent('a run that a left-behind process keeps from ending is killed with it, and is one failure more', async () => {
  expect(await tally('leaves-a-process', { endMsMax: 2_000 })).toEqual({ passed: 1, failed: 1 })
})
