import type { Availability } from '@droplock/rules/ports/registrar'
import { DOMAIN_URI } from '../namespaces.ts'
import { readChecked } from '../responses/checked.ts'
import { leaves, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Asks which names can be created now. Throws `RangeError` without a name. RFC 5731 §3.1.1. */
export function checkDomains(names: readonly string[]): Command<readonly Availability[]> {
  return command({
    name: 'check',
    objects: names,
    spends: 'check',
    verb: domainCheckVerb(names),
    read: (response) => readChecked(response, DOMAIN_URI),
  })
}

/** The element alone: a fee check has the same. */
export function domainCheckVerb(names: readonly string[]): string {
  if (names.length === 0) throw new RangeError('a check needs at least one name')
  return wrap('check', wrap('domain:check', leaves('domain:name', names), { 'xmlns:domain': DOMAIN_URI }))
}
