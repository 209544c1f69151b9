import type { ListFormat } from './format.ts'
import { ietfCsv, plText } from './line-formats.ts'

/** The formats that can be read, by the name that a sync run stores. */
export const formats = {
  'ietf-csv': ietfCsv,
  'pl-text': plText,
} as const satisfies Record<string, ListFormat>

export type DropListFormat = keyof typeof formats

type Declaration = {
  readonly dropDate?: string | undefined
  readonly scopeKind?: ListFormat['kind'] | undefined
}

/** The part of a declaration that changes how a list is read: not a date where rows have dates, nor the format's own scope. */
export function declarationOf(format: DropListFormat, { dropDate, scopeKind }: Declaration): Declaration {
  const { hasDates, kind } = formats[format]
  return {
    dropDate: hasDates ? undefined : dropDate,
    scopeKind: scopeKind === kind ? undefined : scopeKind,
  }
}

export function isDropListFormat(text: string): text is DropListFormat {
  return Object.hasOwn(formats, text)
}
