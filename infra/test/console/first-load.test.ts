import { beforeAll, expect, test } from 'vitest'
import { buildConsole } from '../../src/pages/build-pages.ts'
import { FIRST_LOAD_BYTES_MAX, hasText, weighFirstLoad } from '../../src/console/first-load.ts'

beforeAll(async () => void (await buildConsole()), 300_000)

const HEAVIEST_NAMED = 10

test('what the browser loads before Today is shown stays below its limit', () => {
  const { bytes, files } = weighFirstLoad()
  const heaviest = files.slice(0, HEAVIEST_NAMED).map(({ file, bytes: size }) => `${file} ${size}`)
  console.log(
    `first load: ${bytes} bytes gzip of ${files.length} files; the heaviest: ${heaviest.join(', ')}`,
  )
  expect(bytes, heaviest.join('\n')).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX)
  expect(bytes).toBeGreaterThan(FIRST_LOAD_BYTES_MAX / 4)
})

test('plots are loaded with the pages that have them', () => {
  expect(hasText(weighFirstLoad(), 'MuiChartsSurface')).toBe(false)
})
