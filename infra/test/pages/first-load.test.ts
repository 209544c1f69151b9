import { beforeAll, expect, test } from 'vitest'
import { buildConsole, buildMarketplace } from '../../src/pages/build-pages.ts'
import {
  consolePages,
  type FirstLoad,
  hasText,
  laterModules,
  marketplacePages,
  weighFirstLoad,
} from '../../src/pages/first-load.ts'

beforeAll(async () => {
  await buildConsole()
  await buildMarketplace()
}, 300_000)

const HEAVIEST_NAMED = 10

function heaviestOf({ files }: FirstLoad): string {
  return files
    .slice(0, HEAVIEST_NAMED)
    .map(({ file, bytes }) => `${file} ${bytes}`)
    .join(', ')
}

const today = ['src/today/TodayPage.tsx']

test('what the browser loads before Today is shown stays below its limit', () => {
  const load = weighFirstLoad(consolePages, today)
  console.log(`console: ${load.bytes} bytes gzip of ${load.files.length} files: ${heaviestOf(load)}`)
  expect(load.bytes, heaviestOf(load)).toBeLessThanOrEqual(consolePages.bytesMax)
  expect(load.bytes).toBeGreaterThan(consolePages.bytesMax / 4)
})

test('plots are loaded with the pages that have them', () => {
  expect(hasText(consolePages, weighFirstLoad(consolePages, today), 'MuiChartsSurface')).toBe(false)
})

test('whichever page of the marketplace is opened first, in either language, its first load stays below the limit', () => {
  const modules = laterModules(marketplacePages)
  const texts = modules.filter((name) => name.includes('/texts/'))
  const pages = modules.filter((name) => name.endsWith('.tsx'))
  expect(texts).toHaveLength(2)
  expect(pages.length).toBeGreaterThan(2)
  for (const text of texts) {
    const names = weighFirstLoad(marketplacePages, [text])
    console.log(`marketplace, names, ${text}: ${names.bytes} bytes gzip: ${heaviestOf(names)}`)
    for (const page of pages) {
      const load = weighFirstLoad(marketplacePages, [text, page])
      expect(load.bytes, `${page}: ${heaviestOf(load)}`).toBeLessThanOrEqual(marketplacePages.bytesMax)
      expect(load.bytes).toBeGreaterThanOrEqual(names.bytes)
    }
  }
})
