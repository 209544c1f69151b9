import { describe, expect, test } from 'vitest'
import { repositoryFiles, type TextFile } from '../../src/check/repository-files.ts'
import {
  environmentReaders,
  linesMax,
  linesSoft,
  lockedAddresses,
  namedRegistries,
  notOneVerb,
  tooLong,
} from '../../src/check/tidy.ts'

/** Small nouns of core, whose use cases are one file: a file each would be fragments. */
const smallNouns: readonly string[] = [
  'packages/core/src/backorders/attempts.ts',
  'packages/core/src/lists/classify.ts',
  'packages/core/src/proposals/list.ts',
  'packages/core/src/staff/devices.ts',
]

const files = repositoryFiles()
const file = (path: string, text: string): TextFile => ({ path, text })
const at = (path: string, text: string) => file(`packages/core/src/${path}.ts`, text)
const useCase = (name: string) => `export async function ${name}(ctx: Context): Promise<void> {}\n`

describe('this repository', () => {
  test('has its files in sight, so that silence means something', () => {
    expect(files.map(({ path }) => path)).toContain('package.json')
    expect(files.length).toBeGreaterThan(50)
  })

  test(`has no source of more than ${linesMax} lines`, () => {
    for (const warning of tooLong(files, linesSoft)) console.warn(`worth a look: ${warning}`)
    expect(tooLong(files, linesMax)).toEqual([])
  })

  test('names no package registry', () => expect(namedRegistries(files)).toEqual([]))
  test('locks no download address', () => expect(lockedAddresses(files)).toEqual([]))
  test('reads the environment only in configs', () => expect(environmentReaders(files)).toEqual([]))
  test('has one use case a file in core, but for small nouns', () =>
    expect(notOneVerb(files, smallNouns)).toEqual([]))
})

describe('the check sees', () => {
  test('a source that is too long, and neither generated code nor a migration', () => {
    const long = 'x\n'.repeat(linesMax + 1)
    const paths = [
      'apps/a/src/b.ts',
      'packages/core/src/database/tables.gen.ts',
      'packages/core/migrations/0001_a.sql',
    ]
    expect(
      tooLong(
        paths.map((path) => file(path, long)),
        linesMax,
      ),
    ).toEqual([`apps/a/src/b.ts has ${linesMax + 1} lines, more than ${linesMax}`])
  })

  test('a registry by its name', () => {
    const host = ['registry', 'npmjs', 'org'].join('.')
    expect(namedRegistries([file('a.md', `https://${host}/x`)])).toEqual(['a.md names a package registry'])
  })

  test('a locked address', () => {
    const lock = file('pnpm-lock.yaml', '    resolution: {tarball: https://example.com/a.tgz}\n')
    expect(lockedAddresses([lock])).toEqual(['pnpm-lock.yaml holds download addresses'])
  })

  test('the environment read outside a config', () => {
    const text = 'export const port = process.env.PORT\n'
    expect(
      environmentReaders([file('apps/a/src/config.ts', text), file('apps/a/src/main.ts', text)]),
    ).toEqual(['apps/a/src/main.ts reads process.env; only src/config.ts does'])
  })

  test('a file with two use cases, and an exception that is needed no more', () => {
    const one = at('backorders/place', useCase('placeBackorder'))
    const shared = 'export const b = 1\nexport function writeRow(tx: Tx, ctx: Context) {}\n'
    const beside = at('refunds/fail', useCase('failRefund') + shared)
    const two = at('refunds/all', useCase('a') + useCase('b'))
    const over = at('refunds/lines', `${useCase('a')}export function b<T>(\n  ctx: Context,\n) {}\n`)
    const views = ['lock', 'view', 'row-lock', 'refund-view'].map((name) => at(`refunds/${name}`, two.text))
    expect(notOneVerb([one, beside, two, over, ...views], [one.path])).toEqual([
      `${two.path} must have exactly one use case`,
      `${over.path} must have exactly one use case`,
      `${one.path} need not be on the list any more`,
    ])
  })
})
