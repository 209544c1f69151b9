import type { Element } from './read-xml.ts'
import { EppFault } from './result-codes.ts'

/** How often a child may occur: exactly once, at most once, any number of times, at least once. */
export type Occurs = 'one' | 'optional' | 'any' | 'some'

/**
 * The children of `parent` by name, required in exactly the order in which `content` lists them, as the schemas demand.
 * Throws `EppFault`: 2001 for a child that is unknown, misplaced or repeated, 2003 for one that is missing.
 */
export function readChildren<Name extends string>(
  parent: Element,
  content: Readonly<Record<Name, Occurs>>,
): Record<Name, Element[]> {
  const found: Partial<Record<string, Element[]>> = {}
  let taken = 0
  for (const [name, occurs] of Object.entries<Occurs>(content)) {
    const matching: Element[] = []
    for (let child = parent.children[taken]; child !== undefined; child = parent.children[taken]) {
      if (child.ns !== parent.ns || child.local !== name) break
      matching.push(child)
      taken += 1
      if (occurs === 'one' || occurs === 'optional') break
    }
    found[name] = matching
  }
  const stray = parent.children[taken]
  if (stray) throw new EppFault(2001, `Unexpected element ${stray.local} in ${parent.local}`.slice(0, 120))
  for (const [name, occurs] of Object.entries<Occurs>(content)) {
    const missing = found[name]?.length === 0 && (occurs === 'one' || occurs === 'some')
    if (missing) throw new EppFault(2003, `Element ${name} is missing in ${parent.local}`)
  }
  return found as Record<Name, Element[]>
}
