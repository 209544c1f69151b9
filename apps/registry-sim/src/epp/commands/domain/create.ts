import { admitCreate, chargeFailure } from '../../../registry/account.ts'
import { noteCreate } from '../../../registry/checks.ts'
import { extensionUris } from '../../../registry/conduct.ts'
import {
  type Commitment,
  type CreateOrder,
  commitApplication,
  commitCreate,
  decideCreate,
  recordArrival,
} from '../../../registry/create-domain.ts'
import type { Context, Decision, Outcome } from '../../decision.ts'
import { readFee, writeFeeResult } from '../../extensions/fee.ts'
import { requireSubProduct } from '../../extensions/namestore.ts'
import { readDelegation } from '../../extensions/sec-dns.ts'
import { EppFault } from '../../result-codes.ts'
import { type Answer, dateTime, domainData, readChildren } from '../../xml.ts'
import { readNewAuthInfo } from '../internal.ts'
import { readContactId, readContacts, readName, readNameServers, readYears } from './internal.ts'

/** RFC 5731 §3.2.1: name, period?, ns?, registrant?, contact*, authInfo; RFC 8748: the agreed fee; RFC 5910: DS. */
function readOrder({ registry, account, object, extensions }: Context): CreateOrder {
  const parts = readChildren(object, {
    name: 'one',
    period: 'optional',
    ns: 'optional',
    registrant: 'optional',
    contact: 'any',
    authInfo: 'one',
  })
  const [registrant] = parts.registrant
  if (registry.settings.contacts === 'none' && (registrant || parts.contact.length > 0)) {
    throw new EppFault(2306, 'There are no contacts here')
  }
  const { contactsWanted, registrantMissing } = registry.settings
  if (!registrant && registrantMissing !== false) {
    account.violations.incompleteCreates += 1
    throw new EppFault(registrantMissing, 'A registrant must be given')
  }
  const contacts = readContacts(parts.contact)
  const wanted = contactsWanted.find((type) => !contacts.some((contact) => contact.type === type))
  if (wanted !== undefined) {
    account.violations.incompleteCreates += 1
    throw new EppFault(2003, `A contact of type ${wanted} must be given`)
  }
  const signed = extensions.get(extensionUris.secDNS)
  return {
    name: readName(parts.name[0]),
    years: readYears(parts.period[0]),
    clID: account.clid,
    details: {
      registrant: registrant && readContactId(registrant),
      contacts,
      nameServers: readNameServers(parts.ns[0], registry.settings),
      authInfo: readNewAuthInfo(parts.authInfo[0]),
      statuses: [],
      delegation: signed && readDelegation(signed),
    },
    fee: readFee(extensions.get(extensionUris.fee)),
  }
}

function created(
  { registry }: Context,
  order: CreateOrder,
  feeMinor: number,
  code: 1000 | 1001,
  atMs: number,
): Answer {
  // An applicant gets the instant of its application. The registration begins with the award (RFC 5731 §3.3).
  const exDateMs = registry.names.get(order.name)?.registration?.exDateMs
  const resData = domainData(
    'creData',
    `<domain:name>${order.name}</domain:name><domain:crDate>${dateTime(atMs)}</domain:crDate>` +
      (code === 1001 || exDateMs === undefined ? '' : `<domain:exDate>${dateTime(exDateMs)}</domain:exDate>`),
  )
  if (!order.fee) return { code, resData }
  return { code, resData, extension: writeFeeResult('creData', registry.settings.fee, feeMinor) }
}

function keepArrival({ registry, account, moment }: Context, name: string, outcome: Outcome): void {
  const { nowMs: atMs, svTRID, clTRID } = moment
  recordArrival(registry, name, {
    atMs,
    clID: account.clid,
    svTRID,
    ...(clTRID === undefined ? {} : { clTRID }),
    ...outcome,
  })
}

function priceOfRefusal({ registry, session }: Context, priceMinor: number | undefined) {
  const { fee } = registry.settings
  if (priceMinor === undefined || !fee.refusalShowsPrice || !session.extensions.has(extensionUris.fee))
    return {}
  return { extension: writeFeeResult('creData', fee, priceMinor) }
}

/** Decides at one instant. Nothing else runs in this process before the commit. */
function decide(context: Context, order: CreateOrder): Decision {
  const { registry, account, moment } = context
  const { nowMs, svTRID, clTRID } = moment
  const decision = decideCreate(registry, order)
  noteCreate(registry, account, order.name, nowMs)
  const record = (outcome: Outcome) => keepArrival(context, order.name, outcome)
  if ('reason' in decision) {
    chargeFailure(account, nowMs, registry.settings.createsBlockedMs)
    const { code, reason, priceMinor } = decision
    const delayMs = code === 2302 ? (registry.settings.slowExistsMs ?? 0) : 0
    return { code, reason, record, delayMs, ...priceOfRefusal(context, priceMinor) }
  }
  const { code, feeMinor } = decision
  const commitment: Commitment = { order, feeMinor, svTRID, operation: 'create' }
  const commit = () => {
    if (code === 1000) commitCreate(registry, commitment, nowMs)
    else commitApplication(registry, commitment, nowMs, clTRID)
    return created(context, order, feeMinor, code, nowMs)
  }
  return { code, commit, record }
}

/** RFC 5731 §3.2.1. A create beyond the budget of failed creates is answered 2502 without a decision. */
export function createDomain(context: Context): Decision {
  if (context.session.hostRole === 'everyday') {
    context.account.violations.createsElsewhere += 1
    return { code: 2306, reason: 'Creates go to the host for the drop' }
  }
  const order = readOrder(context)
  requireSubProduct(context, [order.name])
  if (!admitCreate(context.account, context.moment.nowMs)) {
    return { code: 2502, reason: 'Budget of failed creates is spent' }
  }
  return decide(context, order)
}
