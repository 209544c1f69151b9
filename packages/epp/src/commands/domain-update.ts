import type { DomainParts, UpdateDomain } from '@droplock/rules/ports/registry-objects'
import { secDnsUpdate } from '../extensions/secdns.ts'
import { DOMAIN_URI, SECDNS_URI } from '../namespaces.ts'
import { requireExtension } from '../session/dialect.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'
import { contactsXml, nameServersXml } from './domain-parts.ts'
import { statusesXml } from './statuses.ts'

/** Changes a name. Order: add, rem, chg. Throws `RangeError` when there is nothing to change. RFC 5731 §3.2.5. */
export function updateDomain(order: Omit<UpdateDomain, 'clTRID'>): Command<undefined> {
  const { name, add, remove, registrant, authInfo, dnssec } = order
  const secret = authInfo === undefined ? '' : wrap('domain:authInfo', leaf('domain:pw', authInfo))
  const change = leaf('domain:registrant', registrant) + secret
  const changes =
    partsXml('domain:add', add) + partsXml('domain:rem', remove) + (change && wrap('domain:chg', change))
  if (changes === '' && dnssec === undefined) throw new RangeError(`nothing to change about ${name}`)
  const named = leaf('domain:name', name)
  return command({
    name: 'update',
    objects: [name],
    ...(authInfo !== undefined && { secrets: [authInfo] }),
    verb: wrap('update', wrap('domain:update', named + changes, { 'xmlns:domain': DOMAIN_URI })),
    extension: (dialect) => {
      if (dnssec === undefined) return ''
      requireExtension(dialect, SECDNS_URI, 'DNSSEC extension')
      return secDnsUpdate(dialect.dnssecUrgent === true ? { urgent: true, ...dnssec } : dnssec)
    },
    read: () => undefined,
  })
}

function partsXml(element: string, parts: DomainParts = {}): string {
  const { nameServers, contacts, statuses } = parts
  const inner = nameServersXml(nameServers) + contactsXml(contacts) + statusesXml('domain:status', statuses)
  return inner && wrap(element, inner)
}
