import type { AuditSubject } from '@droplock/rules/audit-actions'
import type { AuditEntry } from '../api/types.ts'
import { listLink, recordLink } from '../format/links.ts'
import { words } from '../format/words.ts'
import { AppLink } from '../parts/AppLink.tsx'

/** Where the subject of an entry has its page. */
const pageOf: Readonly<Record<AuditSubject, (id: string) => string>> = {
  sync_run: (id) => recordLink('sync-runs', id),
  listing: (id) => recordLink('listings', id),
  refund: (id) => recordLink('refunds', id),
  account: (id) => recordLink('accounts', id),
  finance_task: (id) => recordLink('finance-tasks', id),
  bank_transfer: () => listLink('bank-transfers'),
  reconciliation_item: () => listLink('reconciliation'),
  refund_limit: () => listLink('refund-limits'),
  invoice: (id) => recordLink('invoices', id),
  seller: () => listLink('seller'),
  alarm: () => listLink('alarms'),
  receiver: () => listLink('receivers'),
  // No page of their own; the audit tells all that was done to them.
  proposal: (id) => listLink('audit', { subject_type: 'proposal', subject_id: id }),
  staff: (id) => listLink('audit', { subject_type: 'staff', subject_id: id }),
  api_key: (id) => listLink('audit', { subject_type: 'api_key', subject_id: id }),
  registry: (id) => listLink('audit', { subject_type: 'registry', subject_id: id }),
  registry_account: (id) => listLink('audit', { subject_type: 'registry_account', subject_id: id }),
  zone: (id) => listLink('audit', { subject_type: 'zone', subject_id: id }),
}

/** Who did it; a click shows all that this person did. */
export function ActorLink({ entry: { actor_id, actor_name } }: { entry: AuditEntry }) {
  if (actor_id === undefined) return actor_name
  return <AppLink to={listLink('audit', { actor_id })}>{actor_name}</AppLink>
}

export function SubjectLink({ entry }: { entry: AuditEntry }) {
  const { subject_type, subject_id } = entry
  // Who signs in or out does it to nobody else.
  if (subject_type === 'staff' && subject_id === entry.actor_id) return '–'
  return (
    <AppLink to={pageOf[subject_type](subject_id)}>
      {words(subject_type)} {nameOf(entry) ?? <code>{subject_id.slice(-8)}</code>}
    </AppLink>
  )
}

/** A name that the entry itself tells, so that nobody has to look an id up. */
function nameOf({ before, after }: AuditEntry): string | undefined {
  for (const side of [after, before]) {
    if (typeof side !== 'object' || side === null) continue
    for (const member of ['name', 'source', 'email', 'legal_name']) {
      const value: unknown = Reflect.get(side, member)
      if (typeof value === 'string') return value
    }
  }
  return undefined
}
