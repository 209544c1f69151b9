import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Gallery } from './gallery.ts'
import type { Look, Picture } from './picture.ts'

/** Takes every look of a picture. Returns the errors that the page threw. */
export async function take(gallery: Gallery, picture: Picture, folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true })
  return gallery.show(picture, async (page, look) => {
    await page.screenshot({ path: join(folder, fileOf(picture.name, look)), animations: 'disabled' })
  })
}

function fileOf(name: string, look: Look): string {
  return look === 'light' ? `${name}.png` : `${name}-${look}.png`
}
