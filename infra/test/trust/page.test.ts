import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'
import { readmeWith, trustPage } from '../../src/trust/page.ts'
import { promises } from '../../src/trust/promises.ts'

test('what every part of a trust run shows is said', () => {
  const files = globSync('{packages/*,apps/*,infra}/test/matrix/*.trust.ts', { cwd: repositoryRoot })
  const names = files.map((file) => basename(file, '.trust.ts'))
  expect(names.length).toBeGreaterThan(6)
  expect(names.filter((name) => !(name in promises))).toEqual([])
})

test('the page says what was found, of faults with all their steps, and of a part that said nothing that it failed', () => {
  const cells = ['pay', 'place'].map((step) => ({ fault: 'a | b', step, runs: 2, violations: ['lost'] }))
  const controls = [{ name: 'no lease', caught: false }]
  const page = trustPage(
    [
      { name: 'money', exitCode: 0, seconds: 5, result: { trust: 'money', cells, controls, kills: 3 } },
      { name: 'kills', exitCode: 1, seconds: 120, result: undefined },
    ],
    new Date('2026-11-30T12:00:00Z'),
  )
  expect(page).toContain('on 2026-11-30 from a run of 2 min')
  expect(page).toContain('**It failed**: money, kills.')
  expect(page).toContain('| 4 | 2 | 0 of 1 | 3 | 0 | 5 s |')
  expect(page).toContain('| a \\| b | pay, place | 4 | 2 |')
  expect(page).toContain('no lease (**not noticed**)')
  expect(page).toContain('It ended without a result.')
})

test('README.md has a place for the summary, and is otherwise as it was', () => {
  const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8')
  const parts = [{ name: 'money', exitCode: 0, seconds: 5, result: undefined }]
  const once = readmeWith(readme, parts, new Date('2026-11-30T12:00:00Z'))
  expect(once).toContain('Of the run of 2026-11-30')
  expect(once.split('<!--')[0]).toBe(readme.split('<!--')[0])
  expect(readmeWith(once, parts, new Date('2026-11-30T13:00:00Z'))).toBe(once)
  expect(() => readmeWith('# Another', parts, new Date())).toThrow('no place')
})
