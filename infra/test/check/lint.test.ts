import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'

const forbiddenInRules: readonly (readonly [source: string, rule: string])[] = [
  ['export const at = new Date()', 'droplock(no-reading-the-clock)'],
  ['export const at = Date()', 'droplock(no-reading-the-clock)'],
  ['export const at = Date.now()', 'eslint(no-restricted-properties)'],
  ['export const roll = Math.random()', 'eslint(no-restricted-properties)'],
  ['export const at = Temporal.Now.instant()', 'eslint(no-restricted-properties)'],
  ['export const name = process.title', 'eslint(no-restricted-globals)'],
  ['export const at = performance.now()', 'eslint(no-restricted-globals)'],
  ['export const all = globalThis', 'eslint(no-restricted-globals)'],
]
const forbiddenEverywhere: readonly (readonly [source: string, rule: string])[] = [
  ['export const a = (b: any): unknown => b', 'typescript(no-explicit-any)'],
  ['export const a = (b?: string): string => b!', 'typescript(no-non-null-assertion)'],
]
const converting = 'export const later = (at: Date): Date => new Date(at.getTime() + 1)'

/** The linter's own config and plugin, in a workspace whose files break its rules. */
const files = {
  '.oxlintrc.json': readFileSync(join(repositoryRoot, '.oxlintrc.json'), 'utf8'),
  'infra/lint/droplock.mjs': readFileSync(join(repositoryRoot, 'infra', 'lint', 'droplock.mjs'), 'utf8'),
  'packages/rules/src/converting.ts': `${converting}\n`,
  ...Object.fromEntries(
    forbiddenInRules.map(([source], index) => [`packages/rules/src/${index}.ts`, `${source}\n`]),
  ),
  ...Object.fromEntries(
    forbiddenInRules.map(([source], index) => [`packages/core/src/${index}.ts`, `${source}\n`]),
  ),
  ...Object.fromEntries(
    forbiddenEverywhere.map(([source], index) => [`apps/worker/src/${index}.ts`, `${source}\n`]),
  ),
}

type Diagnostic = { readonly code: string; readonly filename: string }
let workspace: Workspace
let diagnostics: readonly Diagnostic[]
beforeAll(() => {
  workspace = makeWorkspace(files)
  const oxlint = join(repositoryRoot, 'node_modules', '.bin', 'oxlint')
  const args = [oxlint, '--format=json', 'packages', 'apps']
  const run = spawnSync(process.execPath, args, { cwd: workspace.root, encoding: 'utf8' })
  ;({ diagnostics } = JSON.parse(run.stdout))
})
afterAll(() => workspace.remove())

const brokenIn = (file: string) =>
  diagnostics.filter((diagnostic) => diagnostic.filename === file).map((diagnostic) => diagnostic.code)

test.each(forbiddenInRules.map(([source, rule], index) => [source, rule, index] as const))(
  'rules may not say `%s`: %s',
  (_, rule, index) => {
    expect(brokenIn(`packages/rules/src/${index}.ts`)).toEqual([rule])
  },
)

test('rules may convert a date that they were given', () => {
  expect(brokenIn('packages/rules/src/converting.ts')).toEqual([])
})

test('elsewhere the clock, chance and the process are there to be used', () => {
  expect(forbiddenInRules.flatMap((_, index) => brokenIn(`packages/core/src/${index}.ts`))).toEqual([])
})

test.each(forbiddenEverywhere.map(([source, rule], index) => [source, rule, index] as const))(
  'no source may say `%s`: %s',
  (_, rule, index) => {
    expect(brokenIn(`apps/worker/src/${index}.ts`)).toEqual([rule])
  },
)
