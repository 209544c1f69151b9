import { RGP_URI } from '../namespaces.ts'
import { child } from '../xml/find.ts'
import type { EppResponse } from './response.ts'
import { readStatuses } from './statuses.ts'

/** RGP statuses of an info or of a restore; they come only when rgp-1.0 was logged in. RFC 3915 §4.1.2, §4.2.5. */
export function readRgpStatuses({ extension }: EppResponse): readonly string[] {
  const data = child(extension, RGP_URI, 'infData') ?? child(extension, RGP_URI, 'upData')
  return readStatuses(data, RGP_URI, 'rgpStatus')
}
