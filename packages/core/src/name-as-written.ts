import { domainToASCII } from 'node:url'
import { normaliseName } from '@droplock/rules/names'

/** A name as a caller wrote it, in the form that listings have: A-labels in lower case. Undefined where it is no domain name. */
export function nameAsWritten(text: string): string | undefined {
  const name = normaliseName(text, (unicode) => domainToASCII(unicode) || undefined)
  return name?.includes('.') === true ? name : undefined
}
