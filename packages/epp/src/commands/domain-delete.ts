import { DOMAIN_URI } from '../namespaces.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Deletes a name; within the add grace period that gives the fee back at most registries. RFC 5731 §3.2.2. */
export function deleteDomain(name: string): Command<undefined> {
  const named = leaf('domain:name', name)
  return command({
    name: 'delete',
    objects: [name],
    verb: wrap('delete', wrap('domain:delete', named, { 'xmlns:domain': DOMAIN_URI })),
    read: () => undefined,
  })
}
