import { decideDelete, purgeNow, redeem } from '../../../registry/delete-domain.ts'
import type { Context, Decision } from '../../decision.ts'
import { writeFeeResult } from '../../extensions/fee.ts'
import { requireSubProduct } from '../../extensions/namestore.ts'
import { FEE } from '../../namespaces.ts'
import { readChildren } from '../../read-children.ts'
import type { Answer } from '../../write-xml.ts'
import { findChangeable } from './find-own.ts'
import { readName } from './read-parts.ts'

/**
 * RFC 5731 §3.2.2. In the add period the name is gone at once and its fee given back; later it goes to redemption, which
 * is 1001. 2305 while hosts below it exist.
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
  if (decideDelete(record, moment.nowMs) === 'redeem') {
    const commit = (): Answer => {
      redeem(registry, record, held, deletion)
      return { code: 1001 }
    }
    return { code: 1001, commit }
  }
  const commit = (): Answer => {
    const minor = purgeNow(registry, record, held, deletion)
    if (!session.extensions.has(FEE)) return { code: 1000 }
    return { code: 1000, extension: writeFeeResult('delData', registry.settings.fee, -minor) }
  }
  return { code: 1000, commit }
}
