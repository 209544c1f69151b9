import { planAutoRenewal } from '../../../registry/auto-renew.ts'
import { extensionUris } from '../../../registry/conduct.ts'
import { decideDelete, purgeNow, redeem } from '../../../registry/delete-domain.ts'
import { book, covers, feeMinor } from '../../../registry/money.ts'
import { restore } from '../../../registry/schedule-release.ts'
import type { Context, Decision } from '../../decision.ts'
import { writeFeeResult } from '../../extensions/fee.ts'
import { requireSubProduct } from '../../extensions/namestore.ts'
import { EppFault } from '../../result-codes.ts'
import { type Answer, type Element, readChildren } from '../../xml.ts'
import { findChangeable, type Own, readName } from './internal.ts'

/** RFC 3915, rgp-1.0. */

export function writeRgpStatuses(statuses: readonly string[]): string {
  const list = statuses.map((status) => `<rgp:rgpStatus s="${status}"/>`).join('')
  return `<rgp:infData xmlns:rgp="${extensionUris.rgp}">${list}</rgp:infData>`
}

/** Whether an update asks for a restore (§4.2.5). Restores take effect at once here, so a report is answered 2102. */
export function readRestore(element: Element | undefined): boolean {
  if (!element) return false
  const [wanted] = readChildren(element, { restore: 'one' }).restore
  const op = wanted?.attributes.get('op')
  if (op === 'report') throw new EppFault(2102, 'A restore needs no report here')
  if (op !== 'request') throw new EppFault(2001, 'A restore is a request or a report')
  return true
}

/**
 * RFC 5731 §3.2.2. In the add grace period the name is deleted at once and its fee refunded. Later it goes to redemption, which
 * is 1001, and within the auto-renew grace that renewal is refunded. 2305 while hosts below it exist.
 */
export function deleteDomain(context: Context): Decision {
  const { registry, session, object, moment } = context
  const name = readName(readChildren(object, { name: 'one' }).name[0])
  requireSubProduct(context, [name])
  const { record, held } = findChangeable(context, name, 'clientDeleteProhibited')
  if ([...registry.hosts.keys()].some((host) => host.endsWith(`.${name}`))) {
    return { code: 2305, reason: 'Hosts below it exist' }
  }
  const deletion = { atMs: moment.nowMs, svTRID: moment.svTRID }
  const answered = (code: 1000 | 1001, creditMinor: number): Answer => {
    if (creditMinor === 0 || !session.extensions.has(extensionUris.fee)) return { code }
    return { code, extension: writeFeeResult('delData', registry.settings.fee, -creditMinor) }
  }
  if (decideDelete(record, moment.nowMs) === 'redeem') {
    const commit = () => answered(1001, redeem(registry, record, held, deletion))
    return { code: 1001, commit }
  }
  const commit = () => answered(1000, purgeNow(registry, record, held, deletion))
  return { code: 1000, commit }
}

/** Restores a name of the account from redemption, at once and for a fee (RFC 3915 §4.2.5). If it has expired, it is renewed. */
export function restoreDomain({ registry, account, moment }: Context, { record, held }: Own): Decision {
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
    if (held.exDateMs <= atMs) planAutoRenewal(registry, record.name, held, atMs)
    return { code: 1000 }
  }
  return { code: 1000, commit }
}
