import { commitCreate } from './create-domain.ts'
import { queueMessage } from './messages.ts'
import { pendingActionData } from './pending-action.ts'
import type { Application, NameRecord } from './records.ts'
import { nextSvTRID, type Registry } from './registry.ts'

function tell(registry: Registry, name: string, application: Application, won: boolean, atMs: number): void {
  const text = won ? 'Pending action completed successfully.' : 'Pending action completed: not awarded.'
  queueMessage(registry, application.clID, atMs, text, pendingActionData(name, application, won, atMs))
}

/** Tells every applicant that it did not get the name. */
export function refuseApplications(registry: Registry, record: NameRecord, atMs: number): void {
  for (const application of record.applications) tell(registry, record.name, application, false, atMs)
  record.awardAtMs = undefined
}

/**
 * The end of a name's Dropzone period: the first application becomes the registration, with the award as its crDate, and
 * everybody is told by poll (RFC 5731 §3.3). Without applications the name is free for creates from now on.
 */
export function award(registry: Registry, record: NameRecord, atMs: number): void {
  if (record.stage !== 'free' || record.awardAtMs === undefined) return
  const [first, ...others] = record.applications
  record.awardAtMs = undefined
  if (!first) return
  const { clID, years, details, feeMinor } = first
  const order = { name: record.name, years, clID, details }
  commitCreate(registry, { order, feeMinor, svTRID: nextSvTRID(registry), operation: 'award' }, atMs)
  tell(registry, record.name, first, true, atMs)
  for (const other of others) tell(registry, record.name, other, false, atMs)
}
