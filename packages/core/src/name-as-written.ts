import { domainToASCII } from 'node:url'
import { normaliseName } from '@droplock/rules/names'
import type { ToAscii } from '@droplock/rules/ports/ids'

/** By the platform. */
export const toAscii: ToAscii = (name) => domainToASCII(name) || undefined

/** A name as a caller wrote it, in the form that listings have: A-labels in lower case. Undefined where it is no domain name. */
export function nameAsWritten(text: string): string | undefined {
  const name = normaliseName(text, toAscii)
  return name?.includes('.') === true ? name : undefined
}

/** What a list of names is searched for: in lower case, and typed in Unicode as its A-labels. Only whole labels are found by Unicode. */
export function searchedAs(text: string): string {
  const lower = text.trim().toLowerCase()
  if (!/[^ -~]/.test(lower)) return lower
  return lower
    .split('.')
    .map((label) => toAscii(label) ?? label)
    .join('.')
}
