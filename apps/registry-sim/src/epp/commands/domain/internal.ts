import type { NameRecord, Registration } from '../../../registry/records.ts'
import type { Context } from '../../decision.ts'
import { EppFault } from '../../result-codes.ts'

export type Own = { readonly record: NameRecord; readonly held: Registration }

/** The registration of `name`, when the session's account sponsors it. Throws `EppFault`: 2303, 2201. */
export function findOwn({ registry, account }: Context, name: string): Own {
  const record = registry.names.get(name)
  const held = record?.registration
  if (!record || !held) throw new EppFault(2303, 'No such domain')
  if (held.clID !== account.clid) throw new EppFault(2201, 'Another registrar sponsors it')
  return { record, held }
}

/** The same, if it can be changed. Throws `EppFault` 2304 otherwise. */
export function findChangeable(context: Context, name: string, prohibition: string): Own {
  const own = findOwn(context, name)
  if (own.record.stage === 'pending') throw new EppFault(2304, 'pendingDelete')
  if (own.held.statuses.includes(prohibition)) throw new EppFault(2304, prohibition)
  return own
}
