import type { CreateDomain, Created } from '@droplock/rules/ports/registrar'
import { secDnsCreate } from '../extensions/secdns.ts'
import { DOMAIN_URI, SECDNS_URI } from '../namespaces.ts'
import { readCreated } from '../responses/domain-created.ts'
import { type Dialect, requireExtension, requireFee } from '../session/dialect.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'
import { contactsXml, nameServersXml } from './domain-parts.ts'

/** What is ordered, without the transaction's id: all that is known before the drop. */
export type CreateTerms = Omit<CreateDomain, 'clTRID'>

/** A create that is encoded but for its clTRID. */
export type PreparedCreate = Command<Created>

/**
 * Prepares a create before the instant. Order: name, period, ns, registrant, contacts, authInfo (which RFC 5731 §3.2.1
 * makes mandatory). Throws `RangeError` on text that XML can't hold.
 */
export function prepareCreate(terms: CreateTerms): PreparedCreate {
  const { name, years, nameServers, registrant, contacts, authInfo } = terms
  const parts = [
    leaf('domain:name', name),
    leaf('domain:period', years, { unit: 'y' }),
    nameServersXml(nameServers),
    leaf('domain:registrant', registrant),
    contactsXml(contacts),
    wrap('domain:authInfo', leaf('domain:pw', authInfo)),
  ]
  return command({
    name: 'create',
    objects: [name],
    secrets: [authInfo],
    spends: 'create',
    verb: wrap('create', wrap('domain:create', parts.join(''), { 'xmlns:domain': DOMAIN_URI })),
    extension: (dialect) => extensionOf(terms, dialect),
    read: readCreated,
  })
}

function extensionOf({ dnssec, feeCap }: CreateTerms, dialect: Dialect): string {
  if (dnssec !== undefined) requireExtension(dialect, SECDNS_URI, 'DNSSEC extension')
  return (dnssec ? secDnsCreate(dnssec) : '') + (feeCap ? requireFee(dialect).accept('create', feeCap) : '')
}
