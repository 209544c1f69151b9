import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PLACES = ['../../../../../shared/data/', '../../../../../../shared/data/']

/** A folder of the shared data that lies beside the checkout, or `undefined` where it is absent. */
export function sharedData(folder: string): string | undefined {
  return PLACES.map((place) => fileURLToPath(new URL(`${place}${folder}`, import.meta.url))).find(existsSync)
}
