import { extensionUris } from '../../../registry/conduct.ts'
import { changeRegistration, rgpStatusesOf } from '../../../registry/names.ts'
import type { Details, DomainContact, NameServer, Registration } from '../../../registry/records.ts'
import type { Context, Decision } from '../../decision.ts'
import { requireSubProduct } from '../../extensions/namestore.ts'
import { changeDelegation } from '../../extensions/sec-dns.ts'
import { EppFault } from '../../result-codes.ts'
import { type Answer, type Element, readChildren, token } from '../../xml.ts'
import {
  changeStatuses,
  clientStatuses,
  readNewAuthInfo,
  readStatuses,
  requireUpdatable,
} from '../internal.ts'
import { readRestore, restoreDomain } from './delete.ts'
import { findOwn, readContactId, readContacts, readName, readNameServers } from './internal.ts'

type Part = {
  readonly servers: readonly NameServer[]
  readonly contacts: readonly DomainContact[]
  readonly statuses: readonly string[]
}

function readPart({ registry }: Context, element: Element | undefined): Part {
  if (!element) return { servers: [], contacts: [], statuses: [] }
  const parts = readChildren(element, { ns: 'optional', contact: 'any', status: 'any' })
  return {
    servers: readNameServers(parts.ns[0], registry.settings),
    contacts: readContacts(parts.contact),
    statuses: readStatuses(parts.status, clientStatuses.domain),
  }
}

/**
 * The list without `removed` and with `added`, in this order. Throws `EppFault` 2306 for adding an item twice or removing one that is not
 * in the list.
 */
function change<Item>(
  held: readonly Item[],
  added: readonly Item[],
  removed: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const keys = new Set(held.map(keyOf))
  if (removed.some((item) => !keys.has(keyOf(item)))) throw new EppFault(2306, 'It is not there')
  const gone = new Set(removed.map(keyOf))
  const left = held.filter((item) => !gone.has(keyOf(item)))
  if (added.some((item) => left.some((one) => keyOf(one) === keyOf(item))))
    throw new EppFault(2306, 'It is there already')
  return [...left, ...added]
}

/** An empty registrant removes the registrant (RFC 5731 §3.2.5). */
function readRegistrant(element: Element): string | undefined {
  return token(element) === '' ? undefined : readContactId(element)
}

function readChange(held: Registration, element: Element | undefined): Partial<Details> {
  if (!element) return {}
  const parts = readChildren(element, { registrant: 'optional', authInfo: 'optional' })
  const [registrant] = parts.registrant
  return {
    registrant: registrant ? readRegistrant(registrant) : held.registrant,
    ...(parts.authInfo[0] ? { authInfo: readNewAuthInfo(parts.authInfo[0]) } : {}),
  }
}

function requireExisting({ registry }: Context, changes: Details): void {
  const { contacts, hosts } = registry.settings
  const ids = [...changes.contacts.map(({ id }) => id), ...(changes.registrant ? [changes.registrant] : [])]
  if (contacts === 'checked' && ids.some((id) => !registry.contacts.has(id))) {
    throw new EppFault(2303, 'No such contact')
  }
  if (hosts === 'checked' && changes.nameServers.some(({ name }) => !registry.hosts.has(name))) {
    throw new EppFault(2303, 'No such host')
  }
}

/** Checks `urgent` of a DNSSEC update by the registry's rule. Every change takes effect at once here. */
function requireUrgent({ registry, account }: Context, signed: Element): void {
  const urgent = signed.attributes.get('urgent')
  if (urgent !== undefined && !['0', '1', 'false', 'true'].includes(urgent))
    throw new EppFault(2001, 'urgent is a boolean')
  const { dnssecUrgent } = registry.settings
  if (dnssecUrgent === 'unsupported' && (urgent === '1' || urgent === 'true'))
    throw new EppFault(2102, 'No urgent updates')
  if (dnssecUrgent !== 'demanded' || urgent !== undefined) return
  account.violations.incompleteUpdates += 1
  throw new EppFault(2003, 'urgent must be given')
}

function readChanges(context: Context, held: Registration): Details {
  const { object, extensions } = context
  const parts = readChildren(object, { name: 'one', add: 'optional', rem: 'optional', chg: 'optional' })
  const add = readPart(context, parts.add[0])
  const rem = readPart(context, parts.rem[0])
  requireUpdatable(held.statuses, rem.statuses)
  const signed = extensions.get(extensionUris.secDNS)
  if (signed) requireUrgent(context, signed)
  const changes = {
    registrant: held.registrant,
    authInfo: held.authInfo,
    nameServers: change(held.nameServers, add.servers, rem.servers, ({ name }) => name),
    contacts: change(held.contacts, add.contacts, rem.contacts, ({ type, id }) => `${type} ${id}`),
    statuses: changeStatuses(held.statuses, add.statuses, rem.statuses),
    delegation: signed ? changeDelegation(held.delegation, signed) : held.delegation,
    ...readChange(held, parts.chg[0]),
  }
  requireExisting(context, changes)
  return changes
}

/**
 * RFC 5731 §3.2.5: rem and add of name servers, contacts and statuses, chg of registrant and authInfo; RFC 5910: DS; RFC
 * 3915 §4.2.5: a restore, which is allowed only without other changes.
 */
export function updateDomain(context: Context): Decision {
  const { registry, object, extensions, moment } = context
  const name = readName(object.children.find(({ local }) => local === 'name'))
  requireSubProduct(context, [name])
  const { record, held } = findOwn(context, name)
  if (readRestore(extensions.get(extensionUris.rgp))) {
    const isRedeemable = rgpStatusesOf(registry.settings, record, moment.nowMs).includes('redemptionPeriod')
    if (!isRedeemable) return { code: 2304, reason: 'Not in redemption' }
    return restoreDomain(context, { record, held })
  }
  if (record.stage === 'pending') return { code: 2304, reason: 'pendingDelete' }
  const changes = readChanges(context, held)
  const commit = (): Answer => {
    changeRegistration(record, held, { ...changes, upDateMs: moment.nowMs })
    return { code: 1000 }
  }
  return { code: 1000, commit }
}
