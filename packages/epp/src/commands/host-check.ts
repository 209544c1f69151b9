import type { Availability } from '@droplock/rules/ports/registrar'
import { HOST_URI } from '../namespaces.ts'
import { readChecked } from '../responses/checked.ts'
import { leaves, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Asks which hosts the registry does not know yet. Throws `RangeError` without one. RFC 5732 §3.1.1. */
export function checkHosts(names: readonly string[]): Command<readonly Availability[]> {
  if (names.length === 0) throw new RangeError('a check needs at least one host')
  return command({
    name: 'host_check',
    objects: names,
    verb: wrap('check', wrap('host:check', leaves('host:name', names), { 'xmlns:host': HOST_URI })),
    read: (response) => readChecked(response, HOST_URI),
  })
}
