import { AuditFacts } from '@droplock/contracts/console/audit'
import type { Alarm } from '@droplock/core/alarms/read'
import { wire } from './wire.ts'

/** Facts keep the names that whoever raised the alarm gave them. */
export function presentAlarm({ facts, ...alarm }: Alarm) {
  return { ...wire(alarm), facts: AuditFacts.parse(facts) }
}
