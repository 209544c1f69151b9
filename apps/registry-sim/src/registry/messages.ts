import { DOMAIN } from '../epp/namespaces.ts'
import { dateTime, escapeXml } from '../epp/xml.ts'
import type { Account } from './account.ts'
import { commitCreate } from './create-domain.ts'
import type { Application, Message, NameRecord } from './records.ts'
import { nextSvTRID, type Registry } from './registry.ts'

/** domain:panData (RFC 5731 §3.3): the result of a create that was answered 1001. */
function pendingActionData(name: string, application: Application, won: boolean, atMs: number): string {
  const { clTRID, svTRID } = application
  const echoed = clTRID === undefined ? '' : `<clTRID>${escapeXml(clTRID)}</clTRID>`
  return (
    `<domain:panData xmlns:domain="${DOMAIN}"><domain:name paResult="${won ? 1 : 0}">${name}</domain:name>` +
    `<domain:paTRID>${echoed}<svTRID>${svTRID}</svTRID></domain:paTRID>` +
    `<domain:paDate>${dateTime(atMs)}</domain:paDate></domain:panData>`
  )
}

/** A client that never polls must not fill the memory; the oldest are lost, and counted. */
const MESSAGES_PER_ACCOUNT_MAX = 100_000

/** Queues a message. A client id without an account (a rival of the seed) gets none. */
export function queueMessage(
  registry: Registry,
  clid: string,
  atMs: number,
  text: string,
  resData?: string,
): Message | undefined {
  const account = registry.accounts.get(clid)
  if (!account) return undefined
  registry.messagesGiven += 1
  const message = { id: String(registry.messagesGiven), atMs, text, resData }
  account.messages.push(message)
  if (account.messages.length > MESSAGES_PER_ACCOUNT_MAX) {
    account.messages.shift()
    account.messagesLost += 1
  }
  return message
}

/** Removes the message. False when the account has no such message. */
export function acknowledge(account: Account, id: string): boolean {
  const index = account.messages.findIndex((message) => message.id === id)
  if (index < 0) return false
  account.messages.splice(index, 1)
  return true
}

function notifyApplicant(
  registry: Registry,
  name: string,
  application: Application,
  won: boolean,
  atMs: number,
): void {
  const text = won ? 'Pending action completed successfully.' : 'Pending action completed: not awarded.'
  queueMessage(registry, application.clID, atMs, text, pendingActionData(name, application, won, atMs))
}

/** Notifies every applicant that it did not get the name. */
export function refuseApplications(registry: Registry, record: NameRecord, atMs: number): void {
  for (const application of record.applications)
    notifyApplicant(registry, record.name, application, false, atMs)
  record.awardAtMs = undefined
}

/**
 * The end of a name's Dropzone period: the first application becomes the registration, with the award as its crDate, and
 * every applicant gets a poll message (RFC 5731 §3.3). Without applications the name is free for creates from then on.
 */
export function award(registry: Registry, record: NameRecord, atMs: number): void {
  if (record.stage !== 'free' || record.awardAtMs === undefined) return
  const [first, ...others] = record.applications
  record.awardAtMs = undefined
  if (!first) return
  const { clID, years, details, feeMinor } = first
  const order = { name: record.name, years, clID, details }
  commitCreate(registry, { order, feeMinor, svTRID: nextSvTRID(registry), operation: 'award' }, atMs)
  notifyApplicant(registry, record.name, first, true, atMs)
  for (const other of others) notifyApplicant(registry, record.name, other, false, atMs)
}
