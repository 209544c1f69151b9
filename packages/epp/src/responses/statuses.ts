import { children } from '../xml/find.ts'
import type { XmlElement } from '../xml/read.ts'

/** The `s` of every status. */
export function readStatuses(
  parent: XmlElement | undefined,
  uri: string,
  local = 'status',
): readonly string[] {
  return children(parent, uri, local).flatMap((status) => status.attributes.get('s') ?? [])
}
