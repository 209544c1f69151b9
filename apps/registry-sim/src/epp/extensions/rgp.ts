import { RGP } from '../namespaces.ts'
import { readChildren } from '../read-children.ts'
import type { Element } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'

/** RFC 3915, rgp-1.0. */

export function writeRgpStatus(status: string): string {
  return `<rgp:infData xmlns:rgp="${RGP}"><rgp:rgpStatus s="${status}"/></rgp:infData>`
}

/** Whether an update asks for a restore (§4.2.5). A restore is done at once here, so a report is answered 2102. */
export function readRestore(element: Element | undefined): boolean {
  if (!element) return false
  const [restore] = readChildren(element, { restore: 'one' }).restore
  const op = restore?.attributes.get('op')
  if (op === 'report') throw new EppFault(2102, 'A restore needs no report here')
  if (op !== 'request') throw new EppFault(2001, 'A restore is a request or a report')
  return true
}
