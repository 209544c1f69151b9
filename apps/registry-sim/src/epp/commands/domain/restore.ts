import { feeMinor } from '../../../registry/fees.ts'
import { book, covers } from '../../../registry/ledger.ts'
import { restore } from '../../../registry/schedule-release.ts'
import type { Context, Decision } from '../../decision.ts'
import type { Answer } from '../../write-xml.ts'
import type { Own } from './find-own.ts'

/** Takes an own name back from redemption, at once and for a fee (RFC 3915 §4.2.5). */
export function restoreDomain({ registry, account, moment }: Context, { record }: Own): Decision {
  const minor = feeMinor(registry, record, record.name, 'restore', 1)
  if (!covers(account, minor)) return { code: 2104, reason: 'The deposit is spent' }
  const { nowMs: atMs, svTRID } = moment
  const commit = (): Answer => {
    restore(registry, record, atMs)
    book(registry, {
      atMs,
      clid: account.clid,
      operation: 'restore',
      name: record.name,
      years: 1,
      minor,
      svTRID,
    })
    return { code: 1000 }
  }
  return { code: 1000, commit }
}
