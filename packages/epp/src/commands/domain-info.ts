import type { DomainInfo } from '@droplock/rules/ports/registrar'
import { DOMAIN_URI } from '../namespaces.ts'
import { readDomainInfo } from '../responses/domain-info.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Asks who holds a name. `hosts="del"`: its name servers, without its subordinate hosts. RFC 5731 §3.1.2. */
export function infoDomain(name: string): Command<DomainInfo> {
  const named = leaf('domain:name', name, { hosts: 'del' })
  return command({
    name: 'info',
    objects: [name],
    verb: wrap('info', wrap('domain:info', named, { 'xmlns:domain': DOMAIN_URI })),
    read: readDomainInfo,
  })
}
