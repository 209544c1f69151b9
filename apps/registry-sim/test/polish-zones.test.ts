import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { realLists } from '../../../packages/feeds/test/support.ts'
import { polishZones } from '../src/registry/polish-zones.ts'

test('the Polish zones are those under which the registry registers names, each once, those of offices among them', () => {
  const zones = polishZones()
  expect(new Set(zones).size).toBe(zones.length)
  for (const zone of ['pl', 'com.pl', 'gov.pl', 'ug.gov.pl', 'wielun.pl', 'babia-gora.pl'])
    expect(zones).toContain(zone)
  expect(zones.every((zone) => /^([a-z-]+\.)*pl$/.test(zone))).toBe(true)
})

const title =
  realLists === undefined
    ? 'real .pl lists (SKIPPED: the folder shared/data/pl is not beside this checkout)'
    : 'every name of the real .pl lists is in one of the zones'

test.skipIf(realLists === undefined)(title, () => {
  const zones = new Set(polishZones())
  const folder = realLists ?? new URL('file:///')
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  const names = files.flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n'))
  expect(names.filter((name) => !zones.has(name.slice(name.indexOf('.') + 1)))).toEqual([])
})
