import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Browser } from 'playwright-core'
import { findBrowser, noBrowser, openBrowser } from './browser/open-browser.ts'
import { startConsole } from './console/start-console.ts'
import { repositoryRoot, stateFolder } from './paths.ts'
import { openGallery } from './screenshots/gallery.ts'
import { openPageGallery } from './screenshots/marketplace/gallery.ts'
import { type PageLook, pagePictures } from './screenshots/marketplace/pictures.ts'
import { startPictured } from './screenshots/marketplace/start.ts'
import { pictures } from './screenshots/pictures.ts'
import { take } from './screenshots/take.ts'

// `npm run screenshots`: every page and dialog of the console with the fixture, at 1440×900 light and dark, and what is used on call
// as on a telephone; and every page of the marketplace in both sizes and languages. With names, only those; a name that ends with *
// stands for all that begin like it, and the pictures of the marketplace begin with `marketplace/`.
const folder = join(stateFolder, 'screenshots')
/** The pictures in the README. */
const shown = [
  ['today', 'console/today'],
  ['marketplace/names', 'marketplace/names'],
] as const

/** Below its first screen a page goes on; a list of names is as long as its page. */
const PICTURE_PX_MAX = 2_400

type Taken = { readonly name: string; readonly take: () => Promise<readonly string[]> }

const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.some((one) => isNamed(name, one))

function isNamed(name: string, one: string): boolean {
  return one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one
}

async function takeConsole(browser: Browser): Promise<void> {
  const chosen = pictures.filter(({ name }) => isWanted(name))
  if (chosen.length === 0) return
  await using environment = await startConsole()
  const gallery = openGallery(browser, environment.urlOf('console-api'))
  await takeAll(chosen.map((picture) => ({ name: picture.name, take: () => take(gallery, picture, folder) })))
  await gallery.close()
}

const fileOf = (name: string, { language, size }: PageLook) =>
  `${name}${language === 'en' ? '' : `-${language}`}${size === 'wide' ? '' : `-${size}`}.png`

async function takeMarketplace(browser: Browser): Promise<void> {
  const chosen = pagePictures.filter(({ name }) => isWanted(`marketplace/${name}`))
  if (chosen.length === 0) return
  await using environment = await startPictured()
  const gallery = await openPageGallery(browser, environment)
  mkdirSync(join(folder, 'marketplace'), { recursive: true })
  await takeAll(
    chosen.map((picture) => ({
      name: `marketplace/${picture.name}`,
      take: () =>
        gallery.show(picture, async (page, look) => {
          const path = join(folder, 'marketplace', fileOf(picture.name, look))
          const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
          const whole: number = await page.evaluate('document.documentElement.scrollHeight')
          const clip = { x: 0, y: 0, width, height: Math.min(Math.max(whole, height), PICTURE_PX_MAX) }
          await page.screenshot({ path, animations: 'disabled', fullPage: true, clip })
        }),
    })),
  )
}

/** A picture that cannot be taken does not keep the others from being taken. */
async function takeAll(all: readonly Taken[]): Promise<void> {
  for (const { name, take: takeOne } of all) {
    const faults = await takeOne().catch((error: unknown) => [
      error instanceof Error ? error.message : String(error),
    ])
    console.log(
      `${relative(repositoryRoot, join(folder, `${name}.png`))}${faults.map((fault) => ` FAULT: ${fault}`).join('')}`,
    )
    if (faults.length > 0) process.exitCode = 1
  }
}

function keepShown(): void {
  for (const [picture, kept] of shown) {
    const path = join(repositoryRoot, 'docs', 'pictures', `${kept}.png`)
    mkdirSync(dirname(path), { recursive: true })
    copyFileSync(join(folder, `${picture}.png`), path)
    console.log(relative(repositoryRoot, path))
  }
}

try {
  const found = await findBrowser()
  if (found === undefined) throw new Error(noBrowser)
  const browser = await openBrowser(found)
  try {
    await takeConsole(browser)
    await takeMarketplace(browser)
  } finally {
    await browser.close()
  }
  if (wanted.length === 0) keepShown()
} catch (error) {
  console.error(`droplock: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
