import { domainToASCII } from 'node:url'
import { normaliseName } from '@droplock/rules/names'
import { Refusal } from '@droplock/rules/refusals'

/** A name as callers write it, in the form that listings have: A-labels in lower case. Throws Refusal('invalid_name'). */
export function readName(text: string): string {
  const name = normaliseName(text, (unicode) => domainToASCII(unicode) || undefined)
  if (name === undefined || !name.includes('.')) {
    throw new Refusal('invalid_name', 'This is not a domain name.')
  }
  return name
}
