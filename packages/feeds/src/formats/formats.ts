import type { ListFormat } from './format.ts'
import { ietfCsv } from './ietf-csv.ts'
import { plText } from './pl-text.ts'

/** The formats that can be read, by the name that a sync run stores. */
export const formats = {
  'ietf-csv': ietfCsv,
  'pl-text': plText,
} as const satisfies Record<string, ListFormat>

export type DropListFormat = keyof typeof formats

export function isDropListFormat(text: string): text is DropListFormat {
  return Object.hasOwn(formats, text)
}
