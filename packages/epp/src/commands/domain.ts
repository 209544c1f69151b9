import type { Availability, CreateDomain, Created, DomainInfo } from '@droplock/rules/ports/registrar'
import type {
  DomainContact,
  DomainParts,
  FeeQuestion,
  FeeQuote,
  NameServer,
  RenewDomain,
  Renewed,
  RestoreReport,
  UpdateDomain,
} from '@droplock/rules/ports/registry-objects'
import { SECDNS_URI, secDnsCreate, secDnsUpdate } from '../extensions/secdns.ts'
import { DOMAIN_URI, RGP_URI } from '../namespaces.ts'
import { readCreated, readDomainInfo, readRenewed, readRgpStatuses } from '../responses/domain.ts'
import { readChecked } from '../responses/response.ts'
import { type Dialect, requireExtension, requireFee } from '../session/dialect.ts'
import { leaf, leaves, wrap } from '../xml.ts'
import { type Command, command, statusesXml } from './command.ts'
import { hostAddressesXml } from './host.ts'

/** The `ns` element, empty without name servers. Throws `RangeError` when hosts with and without addresses are mixed. RFC 5731 §1.1. */
function nameServersXml(nameServers: readonly NameServer[] = []): string {
  if (nameServers.length === 0) return ''
  const asAttributes = nameServers.filter(({ addresses }) => addresses !== undefined)
  if (asAttributes.length === 0)
    return wrap('domain:ns', nameServers.map(({ name }) => leaf('domain:hostObj', name)).join(''))
  if (asAttributes.length < nameServers.length)
    throw new RangeError('name servers are host objects or host attributes, not both')
  const hosts = asAttributes.map(({ name, addresses = [] }) =>
    wrap('domain:hostAttr', leaf('domain:hostName', name) + hostAddressesXml('domain:hostAddr', addresses)),
  )
  return wrap('domain:ns', hosts.join(''))
}

function contactsXml(contacts: readonly DomainContact[] = []): string {
  return contacts.map(({ type, id }) => leaf('domain:contact', id, { type })).join('')
}

/** Asks which names can be created now. Throws `RangeError` for an empty list. RFC 5731 §3.1.1. */
export function checkDomains(names: readonly string[]): Command<readonly Availability[]> {
  return command({
    name: 'check',
    objects: names,
    spends: 'check',
    verb: domainCheckVerb(names),
    read: (response) => readChecked(response, DOMAIN_URI),
  })
}

/** The element that `check` and a fee check share. */
function domainCheckVerb(names: readonly string[]): string {
  if (names.length === 0) throw new RangeError('a check needs at least one name')
  return wrap('check', wrap('domain:check', leaves('domain:name', names), { 'xmlns:domain': DOMAIN_URI }))
}

/** A create without its clTRID: everything that is known before the drop. */
type CreateTerms = Omit<CreateDomain, 'clTRID'>

/** A create that is encoded except for its clTRID. */
export type PreparedCreate = Command<Created>

/**
 * Encodes a create before the drop. Element order: name, period, ns, registrant, contacts, authInfo (mandatory by RFC 5731
 * §3.2.1). Throws `RangeError` on text that XML can't hold.
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

/** Deletes a name. Within the add grace period most registries refund the fee. RFC 5731 §3.2.2. */
export function deleteDomain(name: string): Command<undefined> {
  const named = leaf('domain:name', name)
  return command({
    name: 'delete',
    objects: [name],
    verb: wrap('delete', wrap('domain:delete', named, { 'xmlns:domain': DOMAIN_URI })),
    read: () => undefined,
  })
}

/**
 * Asks for a domain's data; with its auth code also where another registrar sponsors it. `hosts`: `del` leaves its subordinate hosts
 * out. RFC 5731 §3.1.2.
 */
export function infoDomain(
  name: string,
  authInfo?: string,
  hosts: 'all' | 'del' = 'all',
): Command<DomainInfo> {
  const named = leaf('domain:name', name, { hosts })
  const secret = authInfo === undefined ? '' : wrap('domain:authInfo', leaf('domain:pw', authInfo))
  return command({
    name: 'info',
    objects: [name],
    ...(authInfo !== undefined && { secrets: [authInfo] }),
    verb: wrap('info', wrap('domain:info', named + secret, { 'xmlns:domain': DOMAIN_URI })),
    read: readDomainInfo,
  })
}

/** Asks what commands on names would cost. Throws `RangeError` without names or questions. RFC 8748 §5.1.1. */
export function quoteDomains(
  names: readonly string[],
  questions: readonly FeeQuestion[],
): Command<readonly FeeQuote[]> {
  if (questions.length === 0) throw new RangeError('a fee check asks about at least one command')
  return command({
    name: 'fee_check',
    objects: names,
    spends: 'check',
    verb: domainCheckVerb(names),
    extension: (dialect) => requireFee(dialect).check(questions),
    read: (response, { fee }) => fee?.readQuotes(response),
  })
}

/** Registries allow at most ten years (RFC 5731 §2.10 leaves it to their policy; the schema allows 99). */
const YEARS_MAX = 10

/** Renews. `curExpDate` is a date without time or zone. Throws `RangeError`. RFC 5731 §3.2.3. */
export function renewDomain({
  name,
  currentExDate,
  years,
  feeCap,
}: Omit<RenewDomain, 'clTRID'>): Command<Renewed> {
  if (!Number.isInteger(years) || years < 1 || years > YEARS_MAX)
    throw new RangeError(`a renewal is for 1 to ${YEARS_MAX} years, not ${years}`)
  const parts = [
    leaf('domain:name', name),
    leaf('domain:curExpDate', currentExDate.toISOString().slice(0, 10)),
    leaf('domain:period', years, { unit: 'y' }),
  ]
  return command({
    name: 'renew',
    objects: [name],
    verb: wrap('renew', wrap('domain:renew', parts.join(''), { 'xmlns:domain': DOMAIN_URI })),
    extension: (dialect) => (feeCap ? requireFee(dialect).accept('renew', feeCap) : ''),
    read: readRenewed,
  })
}

/** Requests the restore of a name from redemption or, with a report, completes it. RFC 3915 §4.2.5. */
export function restoreDomain(name: string, report?: RestoreReport): Command<readonly string[]> {
  // The update changes nothing, but must contain an empty chg (RFC 3915 §4.2.5).
  const update = wrap('domain:update', `${leaf('domain:name', name)}<domain:chg/>`, {
    'xmlns:domain': DOMAIN_URI,
  })
  const restore = wrap('rgp:restore', report ? reportXml(report) : '', { op: report ? 'report' : 'request' })
  return command({
    name: 'restore',
    objects: [name],
    verb: wrap('update', update),
    extension: (dialect) => {
      requireExtension(dialect, RGP_URI, 'grace period extension')
      return wrap('rgp:update', restore, { 'xmlns:rgp': RGP_URI })
    },
    read: readRgpStatuses,
  })
}

function reportXml({ preData, postData, deletedAt, restoredAt, reason, statements }: RestoreReport): string {
  const said = statements.filter((statement) => statement !== undefined)
  const parts = [
    leaf('rgp:preData', preData),
    leaf('rgp:postData', postData),
    leaf('rgp:delTime', deletedAt.toISOString()),
    leaf('rgp:resTime', restoredAt.toISOString()),
    leaf('rgp:resReason', reason),
    leaves('rgp:statement', said),
  ]
  return wrap('rgp:report', parts.join(''))
}

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
