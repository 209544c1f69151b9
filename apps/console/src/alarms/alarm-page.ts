import { type AlarmKind, alarmTable } from '@droplock/rules/alarms'
import type { Alarm } from '../api/types.ts'
import { listLink, recordLink } from '../parts/links.tsx'

type Subject = (typeof alarmTable)[AlarmKind]['subject']

/** Where an alarm about each kind of subject is solved. The compiler asks for a page for every one. */
const pageOfSubject = {
  registry_account: () => listLink('drop-room'),
  registry: () => listLink('drop-room'),
  registry_message: () => listLink('registry-messages'),
  zone: (zone) => recordLink('zone-policies', zone),
  catch_target: () => listLink('backorders', { state: 'registering' }),
  dispute: (id) => recordLink('disputes', id),
  listing: (id) => recordLink('listings', id),
  list_source: (id) => recordLink('list-sources', id),
  sync_run: (id) => recordLink('sync-runs', id),
  event_receiver: () => listLink('receivers'),
  audit: () => listLink('audit'),
  worker: () => listLink('sync-runs'),
  mail: () => listLink('receivers'),
  // It is solved where the processes have their settings; the audit says when values were sealed anew.
  setting: () => listLink('audit'),
} as const satisfies Readonly<Record<Subject, (subject: string) => string>>

/** Alarms that are solved elsewhere than what they are about. */
const pageOfKind: Partial<Readonly<Record<AlarmKind, (subject: string) => string>>> = {
  drop_in_maintenance: () => listLink('maintenances'),
  registry_maintenance: () => listLink('maintenances'),
}

/** The page on which the cause of an alarm is seen and solved: that of the order where it is about one. */
export function alarmPage({ kind, subject, backorder_id }: Alarm): string {
  if (backorder_id !== undefined) return recordLink('backorders', backorder_id)
  return (pageOfKind[kind] ?? pageOfSubject[alarmTable[kind].subject])(subject)
}
