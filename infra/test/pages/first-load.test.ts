import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildConsole, buildMarketplace } from '../../src/pages/build-pages.ts'
import {
  consolePages,
  type FirstLoad,
  hasText,
  laterComponents,
  marketplacePages,
  weighFirstLoad,
} from '../../src/pages/first-load.ts'
import { repositoryRoot } from '../../src/paths.ts'

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

const pagesOf = join(repositoryRoot, 'apps', 'marketplace', 'src', 'pages', 'pages.tsx')

/** The areas whose texts each page of the marketplace is loaded with. */
function areasByPage(): ReadonlyMap<string, readonly string[]> {
  const pattern = /laterPage\(\s*\[([^\]]*)\],\s*async \(\) => \(await import\('\.\/([^']+)'\)\)/g
  const found = readFileSync(pagesOf, 'utf8').matchAll(pattern)
  return new Map(
    [...found].map(([, areas = '', page]) => [
      `src/pages/${page}`,
      [...areas.matchAll(/'(\w+)'/g)].map(([, area = '']) => area),
    ]),
  )
}

test('whichever page of the marketplace is opened first, in either language, its first load stays below the limit', () => {
  const areas = areasByPage()
  const loadedLater = laterComponents(marketplacePages)
  const pages = loadedLater.filter((name) => areas.has(name))
  // The notices of people who are signed in, on every page.
  const [notices = '', ...none] = loadedLater.filter((name) => !areas.has(name))
  expect(none).toEqual([])
  expect(pages).toHaveLength(areas.size)
  for (const language of ['en', 'zh']) {
    const textOf = (name: string) => `src/pages/texts/${language}/${name}.ts`
    for (const page of pages) {
      const texts = ['first', 'mails', ...(areas.get(page) ?? [])].map(textOf)
      // A page with parts of its own shows one of them.
      for (const part of [[], ...laterComponents(marketplacePages, page).map((name) => [name])]) {
        const load = weighFirstLoad(marketplacePages, [page, notices, ...texts, ...part])
        console.log(`marketplace, ${language}, ${[page, ...part].join(' ')}: ${load.bytes} bytes gzip`)
        expect(load.bytes, `${page} ${part}: ${heaviestOf(load)}`).toBeLessThanOrEqual(
          marketplacePages.bytesMax,
        )
        expect(load.bytes).toBeGreaterThan(marketplacePages.bytesMax / 2)
      }
    }
  }
})

test('the styles of the marketplace stand before its scripts, which wait for them on a slow line', () => {
  const html = readFileSync(join(repositoryRoot, 'apps', marketplacePages.folder, 'index.html'), 'utf8')
  const [, ...scripts] = html.split(/<script type="module"|<link rel="modulepreload"/)
  expect(html.indexOf('<link rel="stylesheet"')).toBeLessThan(html.indexOf('<script type="module"'))
  expect(scripts.length).toBeGreaterThan(1)
  for (const script of scripts) expect(script).toMatch(/^ fetchpriority="low"/)
})
