import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { findBrowser, noBrowser, openBrowser } from './browser/open-browser.ts'
import { startConsole } from './console/start-console.ts'
import { repositoryRoot, stateFolder } from './paths.ts'
import { pictures } from './screenshots/pictures.ts'
import { take } from './screenshots/take.ts'

// `npm run screenshots`: every page of the console with the fixture, as 1440×900 pictures, some as on a telephone. With names, only
// those.
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
  for (const picture of pictures) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue
    const faults = await take(browser, environment.urlOf('console-api'), picture, folder)
    console.log(
      `${relative(repositoryRoot, join(folder, `${picture.name}.png`))}${faults.map((fault) => ` FAULT: ${fault}`).join('')}`,
    )
    if (faults.length > 0) process.exitCode = 1
  }
  if (wanted.length === 0) keepShown()
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
