import { type Account, admitCreate, chargeFailedCreate } from '../../registry/account.ts'
import { type CreateOrder, commitCreate, decideCreate, recordArrival } from '../../registry/create-domain.ts'
import { strike } from '../../registry/faults.ts'
import type { Registration } from '../../registry/records.ts'
import { FEE } from '../namespaces.ts'
import { readChildren } from '../read-children.ts'
import type { Command } from '../read-command.ts'
import { type Element, token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'
import type { Moment, Reply, Session } from '../session.ts'
import { dateTime, domainData } from '../write-xml.ts'
import { readAuthInfo } from './auth-info.ts'
import { readFee, writeCreateFee } from './fee.ts'
import { readExtension, readObject } from './read-object.ts'

const YEARS_MAX = 10
const AUTH_INFO = /^\S{6,64}$/

function readYears(period: Element | undefined): number {
  if (!period) return 1
  if (period.attributes.get('unit') !== 'y') throw new EppFault(2004, 'A period is in years')
  const years = Number(token(period))
  if (!Number.isInteger(years)) throw new EppFault(2001, 'Not a period')
  if (years < 1 || years > YEARS_MAX) throw new EppFault(2004, `A period is 1 to ${YEARS_MAX} years`)
  return years
}

function readNameServers(element: Element | undefined): readonly string[] {
  if (!element) return []
  if (element.children[0]?.local === 'hostAttr') throw new EppFault(2102, 'Only hostObj is taken')
  return readChildren(element, { hostObj: 'some' }).hostObj.map(token)
}

function readRegistrant(element: Element | undefined): string | undefined {
  if (!element) return undefined
  const id = token(element)
  if (id.length < 3 || id.length > 16) throw new EppFault(2005, 'A contact id has 3 to 16 characters')
  return id
}

/** RFC 5731 §3.2.1: name, period?, ns?, registrant?, contact*, authInfo; RFC 8748: the agreed fee. */
function readOrder(session: Session, command: Command, clID: string): CreateOrder {
  const parts = readChildren(readObject(command), {
    name: 'one',
    period: 'optional',
    ns: 'optional',
    registrant: 'optional',
    contact: 'any',
    authInfo: 'one',
  })
  const [name] = parts.name
  const [authInfo] = parts.authInfo
  const fee = readExtension(session, command, FEE)
  const password = authInfo ? readAuthInfo(authInfo) : ''
  if (!AUTH_INFO.test(password)) throw new EppFault(2005, 'An authInfo pw has 6 to 64 characters')
  return {
    name: name ? token(name).toLowerCase() : '',
    years: readYears(parts.period[0]),
    clID,
    registrant: readRegistrant(parts.registrant[0]),
    nameServers: readNameServers(parts.ns[0]),
    authInfo: password,
    fee: fee && readFee(fee),
  }
}

function created(session: Session, order: CreateOrder, registration: Registration, feeMinor: number): Reply {
  const resData = domainData(
    'creData',
    `<domain:name>${order.name}</domain:name><domain:crDate>${dateTime(registration.crDateMs)}</domain:crDate>` +
      `<domain:exDate>${dateTime(registration.exDateMs)}</domain:exDate>`,
  )
  if (!order.fee) return { code: 1000, resData }
  return { code: 1000, resData, extension: writeCreateFee(session.registry.settings.fee, feeMinor) }
}

/** Decides, commits and records at one instant; nothing else of the process can come between. */
function execute(session: Session, account: Account, order: CreateOrder, moment: Moment): Reply {
  const { registry } = session
  const decision = decideCreate(registry, order)
  const fault = strike(registry.faults, order.name, decision.code === 1000)
  const cutBefore = fault?.kind === 'cut_before_commit'
  const registration =
    decision.code === 1000 && !cutBefore ? commitCreate(registry, order, moment.nowMs) : undefined
  if (decision.code !== 1000) chargeFailedCreate(account, moment.nowMs)
  recordArrival(registry, order.name, {
    atMs: moment.nowMs,
    clID: account.clid,
    svTRID: moment.svTRID,
    ...(moment.clTRID === undefined ? {} : { clTRID: moment.clTRID }),
    ...(cutBefore ? {} : { code: decision.code }),
    ...(fault ? { fault: fault.kind } : {}),
  })
  if (fault) return 'cut'
  if (decision.code !== 1000) return decision
  return registration ? created(session, order, registration, decision.feeMinor) : 'cut'
}

/** RFC 5731 §3.2.1. A create over the budget of failed ones is answered 2502 and undecided. */
export function create(session: Session, account: Account, command: Command, moment: Moment): Reply {
  const order = readOrder(session, command, account.clid)
  if (!admitCreate(account, moment.nowMs)) return { code: 2502, reason: 'Budget of failed creates is spent' }
  return execute(session, account, order, moment)
}
