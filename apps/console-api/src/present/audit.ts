import { AuditFacts } from '@droplock/contracts/console/audit'
import type { AuditView } from '@droplock/core/audit/read'
import { wire } from './wire.ts'

const facts = AuditFacts.optional()

/** What was and what became are shown as they were hashed, in the audit's own words. */
export function presentAudit(entry: AuditView) {
  return {
    ...wire(entry),
    before: facts.parse(entry.before ?? undefined),
    after: facts.parse(entry.after ?? undefined),
  }
}
