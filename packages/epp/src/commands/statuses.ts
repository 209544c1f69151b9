import { wrap } from '../xml/write.ts'

/** One element for each status. */
export function statusesXml(element: string, statuses: readonly string[] = []): string {
  return statuses.map((s) => wrap(element, '', { s })).join('')
}
