import { openBrowser } from '@droplock/infra/browser/open-browser'
import { openPageGallery, type PageGallery } from '@droplock/infra/screenshots/marketplace/gallery'
import { pagePictures } from '@droplock/infra/screenshots/marketplace/pictures'
import { startPictured } from '@droplock/infra/screenshots/marketplace/start'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findViolations } from './support/check-accessibility.ts'
import { browserOrReason } from './support/console.ts'

/** Everything on two busy cores: the build, a database, four processes. */
const OPEN_MS_MAX = 240_000

/** Four looks of a page on a busy machine. */
const PICTURE_MS_MAX = 180_000

const cleanup = new AsyncDisposableStack()
let gallery: PageGallery | undefined
let missing: string | undefined

beforeAll(async () => {
  const found = await browserOrReason()
  if (typeof found === 'string') {
    missing = found
    return
  }
  const environment = cleanup.use(await startPictured())
  const browser = await openBrowser(found)
  cleanup.defer(() => browser.close())
  gallery = await openPageGallery(browser, environment)
}, OPEN_MS_MAX)

beforeEach(({ skip }) => {
  if (missing !== undefined) skip(missing)
})

afterAll(() => cleanup.disposeAsync())

test.each(pagePictures.map((picture) => [picture.name, picture] as const))(
  'axe finds nothing serious on %s, in both languages and sizes',
  async (_name, picture) => {
    if (gallery === undefined) throw new Error('the gallery is opened before the first test')
    const found: string[] = []
    const faults = await gallery.show(picture, async (page, { language, size }) => {
      for (const { rule, elements } of await findViolations(page, 'all'))
        found.push(`${language} ${size}: ${rule}: ${elements.join(' | ')}`)
    })
    expect([...found, ...faults], found.join('\n')).toEqual([])
  },
  PICTURE_MS_MAX,
)
