import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryFiles } from '../../src/check/repository-files.ts'
import { repositoryRoot } from '../../src/paths.ts'

const pages = ['asvs', 'owasp-api-2023', 'threat-model', 'personal-data', 'before-live', 'secrets'] as const
const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')
const pathOf = (page: (typeof pages)[number]) => `docs/security/${page}.md`

/** The points of each section, as ASVS 4.0.3 numbers them; of level 3 alone those that are kept all the same. 4.1.4 was deleted. */
const sections: Readonly<Record<string, number>> = {
  '2.1': 12,
  '2.2': 3,
  '2.3': 3,
  '2.4': 6,
  '2.5': 7,
  '2.6': 3,
  '2.7': 6,
  '2.8': 7,
  '2.9': 3,
  '2.10': 4,
  '3.1': 1,
  '3.2': 4,
  '3.3': 4,
  '3.4': 5,
  '3.5': 3,
  '3.6': 2,
  '3.7': 1,
  '4.1': 5,
  '4.2': 2,
  '4.3': 3,
  '5.1': 5,
  '5.2': 8,
  '5.3': 10,
  '5.4': 3,
  '5.5': 4,
}
const asvsPoints = Object.entries(sections)
  .flatMap(([section, count]) => Array.from({ length: count }, (_, index) => `${section}.${index + 1}`))
  .filter((point) => point !== '4.1.4')

const apiRisks = Array.from({ length: 10 }, (_, index) => `API${index + 1}`)

type Row = { readonly point: string; readonly state: string; readonly how: string; readonly shown: string }

/** The rows of a page's tables: `| point | state | how | shown by |`. */
function rowsOf(page: (typeof pages)[number], point: RegExp): readonly Row[] {
  return [...read(pathOf(page)).matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]*)\| ([^|]*)\|$/gm)]
    .map(([, ...cells]) => cells.map((cell) => (cell ?? '').trim()))
    .map(([first = '', state = '', how = '', shown = '']) => ({ point: first, state, how, shown }))
    .filter((row) => point.test(row.point))
}

/** Every test that a page names: its file or folder, and where given a part of its title. */
function testsIn(text: string): readonly { readonly path: string; readonly title: string | undefined }[] {
  return [...text.matchAll(/`((?:apps|packages|infra|e2e)\/[^`\s]*test[^`\s]*)`(?: "([^"]+)")?/g)].map(
    ([, path = '', title]) => ({ path, title }),
  )
}

describe.each([
  ['asvs', /^\d/, asvsPoints],
  ['owasp-api-2023', /^API/, apiRisks],
] as const)('the page %s', (page, point, points) => {
  test('has every point once, with what is done about it', () => {
    const rows = rowsOf(page, point)
    expect(rows.map((row) => row.point)).toEqual(points)
    expect(rows.map(({ state }) => state).filter((state) => !/^(kept|n\/a|not kept)$/.test(state))).toEqual(
      [],
    )
  })

  test('names a test for what is kept, and a reason for what is not', () => {
    const unfounded = rowsOf(page, point).filter(({ state, how, shown }) =>
      state === 'kept' ? testsIn(shown).length === 0 : how === '',
    )
    expect(unfounded).toEqual([])
  })
})

test.each(pages)('every test that %s names is there, by its title where it has one', (page) => {
  const missing = testsIn(read(pathOf(page))).filter(
    ({ path, title }) =>
      !existsSync(join(repositoryRoot, path)) || (title !== undefined && !read(path).includes(title)),
  )
  expect(missing).toEqual([])
})

const sources = repositoryFiles().filter(({ path }) => /^(apps|packages)\/[^/]+\/src\/.*\.tsx?$/.test(path))

test('no source evaluates text as a program, or writes text into a page as HTML', () => {
  expect(sources.length).toBeGreaterThan(500)
  const evaluating = /\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\b|node:vm/
  expect(sources.filter(({ text }) => evaluating.test(text)).map(({ path }) => path)).toEqual([])
})

test('no app starts a program through a shell', () => {
  const starting = sources.filter(({ text }) => text.includes("'node:child_process'"))
  const byShell = starting.filter(({ text }) => /shell: |\bexecSync\b|\bexec[,}]| exec /.test(text))
  expect(byShell.map(({ path }) => path)).toEqual([])
})
