import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { findBrowser, noBrowser, openBrowser } from './browser/open-browser.ts'
import { startConsole } from './console/start-console.ts'
import { repositoryRoot, stateFolder } from './paths.ts'
import { type Gallery, openGallery } from './screenshots/gallery.ts'
import type { Picture } from './screenshots/picture.ts'
import { pictures } from './screenshots/pictures.ts'
import { take } from './screenshots/take.ts'

// `npm run screenshots`: every page and dialog of the console with the fixture, at 1440×900 light and dark, and what is used on call
// as on a telephone. With names, only those; a name that ends with * stands for all that begin like it.
const folder = join(stateFolder, 'screenshots')
/** The picture in the README. */
const shown = { picture: 'today', path: join(repositoryRoot, 'docs', 'pictures', 'console', 'today.png') }

async function run(wanted: readonly string[]): Promise<void> {
  await using cleanup = new AsyncDisposableStack()
  const found = await findBrowser()
  if (found === undefined) throw new Error(noBrowser)
  const environment = cleanup.use(await startConsole())
  const browser = await openBrowser(found)
  cleanup.defer(() => browser.close())
  const gallery = openGallery(browser, environment.urlOf('console-api'))
  cleanup.defer(gallery.close)
  for (const picture of pictures) {
    if (wanted.length > 0 && !wanted.some((name) => isNamed(picture.name, name))) continue
    const faults = await takenOrWhyNot(gallery, picture)
    console.log(
      `${relative(repositoryRoot, join(folder, `${picture.name}.png`))}${faults.map((fault) => ` FAULT: ${fault}`).join('')}`,
    )
    if (faults.length > 0) process.exitCode = 1
  }
  if (wanted.length === 0) keepShown()
}

function isNamed(name: string, wanted: string): boolean {
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted
}

/** A picture that cannot be taken does not keep the others from being taken. */
async function takenOrWhyNot(gallery: Gallery, picture: Picture): Promise<readonly string[]> {
  try {
    return await take(gallery, picture, folder)
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function keepShown(): void {
  mkdirSync(dirname(shown.path), { recursive: true })
  copyFileSync(join(folder, `${shown.picture}.png`), shown.path)
  console.log(relative(repositoryRoot, shown.path))
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  console.error(`droplock: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
