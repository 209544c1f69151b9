import type { ListFormat } from './format.ts'
import { ietfCsv } from './ietf-csv.ts'
import { plDeleted, plText } from './pl.ts'
import { seJson, seText } from './se.ts'
import { hexonetCsv, poolCsv } from './supplier-csv.ts'

/** The formats that can be read, by the name that a sync run stores. */
export const formats = {
  'ietf-csv': ietfCsv,
  'pl-text': plText,
  'pl-deleted': plDeleted,
  'se-text': seText,
  'se-json': seJson,
  'hexonet-csv': hexonetCsv,
  'pool-csv': poolCsv,
} as const satisfies Record<string, ListFormat>

export type DropListFormat = keyof typeof formats

type Declaration = {
  readonly dropDate?: string | undefined
  readonly scopeKind?: ListFormat['kind'] | undefined
}

/** The part of a declaration that changes how a list is read: not a date that is in the list, nor the format's own scope. */
export function declarationOf(format: DropListFormat, { dropDate, scopeKind }: Declaration): Declaration {
  const { needsDate, kind } = formats[format]
  return {
    dropDate: needsDate ? dropDate : undefined,
    scopeKind: scopeKind === kind ? undefined : scopeKind,
  }
}

export function isDropListFormat(text: string): text is DropListFormat {
  return Object.hasOwn(formats, text)
}
