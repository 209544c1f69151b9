import type { TimelineEntry as Wired } from '@droplock/contracts/console/timeline'
import type { AttemptEntry, TimelineEntry } from '@droplock/core/cases/timeline-view'
import type { z } from '@hono/zod-openapi'
import { presentMoney } from './money.ts'
import { presentMove } from './move.ts'
import { wire } from './wire.ts'

/** What the contract names otherwise is added; what it does not have is dropped on the way out. */
export function presentEntry(entry: TimelineEntry): z.input<typeof Wired> {
  switch (entry.kind) {
    case 'ordered':
      return { ...wire(entry), price: presentMoney(entry.amountMinor, entry.currency) }
    case 'payment':
    case 'refund_created':
    case 'refund_decided':
      return { ...wire(entry), amount: presentMoney(entry.amountMinor, entry.currency) }
    case 'moved_by_list':
    case 'kept_by_override':
    case 'suspected':
      return { ...wire(entry), ...presentMove(entry) }
    case 'override_applied':
    case 'override_undone':
      return { ...wire(entry), ...presentMove(entry) }
    case 'attempt':
      return presentAttempt(entry)
    default:
      return wire(entry)
  }
}

export function presentAttempt(entry: AttemptEntry) {
  return { ...wire(entry), cltrid: entry.clTRID, svtrid: entry.svTRID ?? undefined }
}
