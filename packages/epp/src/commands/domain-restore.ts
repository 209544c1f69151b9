import type { RestoreReport } from '@droplock/rules/ports/registry-objects'
import { DOMAIN_URI, RGP_URI } from '../namespaces.ts'
import { readRgpStatuses } from '../responses/rgp-statuses.ts'
import { requireExtension } from '../session/dialect.ts'
import { leaf, leaves, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Asks a name back from redemption, or, with a report, completes that. RFC 3915 §4.2.5. */
export function restoreDomain(name: string, report?: RestoreReport): Command<readonly string[]> {
  // The update itself changes nothing, and still needs an empty chg (RFC 3915 §4.2.5).
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
