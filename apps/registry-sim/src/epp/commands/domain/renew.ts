import { addYears } from '../../../clock.ts'
import { planAutoRenewal } from '../../../registry/auto-renew.ts'
import { extensionUris } from '../../../registry/conduct.ts'
import { book, covers, feeMinor, judgeFee } from '../../../registry/money.ts'
import { changeRegistration } from '../../../registry/names.ts'
import type { Context, Decision } from '../../decision.ts'
import { readFee, writeFeeResult } from '../../extensions/fee.ts'
import { requireSubProduct } from '../../extensions/namestore.ts'
import { dateTime, domainData, readChildren, token } from '../../xml.ts'
import { findChangeable, type Own, readName, readYears } from './internal.ts'

/** The longest registration, from now. */
const YEARS_AHEAD_MAX = 10

type Renewal = {
  readonly name: string
  readonly years: number
  readonly minor: number
  readonly toMs: number
}

function commitRenewal(context: Context, { record, held }: Own, renewal: Renewal) {
  const { registry, account, moment, extensions } = context
  const { name, years, minor, toMs } = renewal
  const { nowMs: atMs, svTRID } = moment
  const changes = { exDateMs: toMs, upDateMs: atMs, renewedAtMs: atMs }
  planAutoRenewal(registry, name, changeRegistration(record, held, changes), atMs)
  book(registry, { atMs, clid: account.clid, operation: 'renew', name, years, minor, svTRID })
  const resData = domainData(
    'renData',
    `<domain:name>${name}</domain:name><domain:exDate>${dateTime(toMs)}</domain:exDate>`,
  )
  if (!extensions.has(extensionUris.fee)) return { code: 1000, resData } as const
  return { code: 1000, resData, extension: writeFeeResult('renData', registry.settings.fee, minor) } as const
}

/**
 * RFC 5731 §3.2.3. curExpDate is a date without time and guards against renewing twice: 2004 when it is another. 2105 for
 * a renewal beyond ten years from now, 2104 when the deposit is spent.
 */
export function renewDomain(context: Context): Decision {
  const { registry, account, object, moment, extensions } = context
  const parts = readChildren(object, { name: 'one', curExpDate: 'one', period: 'optional' })
  const name = readName(parts.name[0])
  const years = readYears(parts.period[0])
  const agreed = readFee(extensions.get(extensionUris.fee))
  requireSubProduct(context, [name])
  const own = findChangeable(context, name, 'clientRenewProhibited')
  const given = parts.curExpDate[0] ? token(parts.curExpDate[0]) : ''
  if (given !== dateTime(own.held.exDateMs).slice(0, 10)) {
    return { code: 2004, reason: 'curExpDate is another' }
  }
  const toMs = addYears(own.held.exDateMs, years)
  if (toMs > addYears(moment.nowMs, YEARS_AHEAD_MAX)) {
    return { code: 2105, reason: `At most ${YEARS_AHEAD_MAX} years ahead` }
  }
  const minor = feeMinor(registry, own.record, name, 'renew', years)
  const refusal = judgeFee(registry, own.record, minor, agreed)
  if (refusal) return refusal
  if (!covers(account, minor)) return { code: 2104, reason: 'The deposit is spent' }
  return { code: 1000, commit: () => commitRenewal(context, own, { name, years, minor, toMs }) }
}
