import { nextRoid, RECORDS_MAX } from '../../../registry/registry.ts'
import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import { EppFault } from '../../result-codes.ts'
import { hostData } from '../../write-xml.ts'
import { dateTime } from '../../xml-text.ts'
import { readName } from '../domain/read-parts.ts'
import { requireHostName } from './find-own.ts'
import { readAddress } from './read-address.ts'

const ADDRESSES_MAX = 13

/** RFC 5732 §3.2.1. Addresses are glue: only a host below a name of this registry has them. */
export function createHost(context: Context): Decision {
  const { registry, account, object, moment } = context
  const parts = readChildren(object, { name: 'one', addr: 'any' })
  const name = readName(parts.name[0])
  const addresses = parts.addr.map(readAddress)
  if (addresses.length > ADDRESSES_MAX) throw new EppFault(2306, `At most ${ADDRESSES_MAX} addresses`)
  if (registry.hosts.has(name)) return { code: 2302 }
  const { isInternal } = requireHostName(context, name)
  if (!isInternal && addresses.length > 0) return { code: 2306, reason: 'An external host has no addresses' }
  if (registry.hosts.size >= RECORDS_MAX) return { code: 2400, reason: 'The registry is full' }
  const { nowMs } = moment
  const commit = () => {
    const roid = nextRoid(registry, 'H')
    const host = {
      name,
      roid,
      clID: account.clid,
      crDateMs: nowMs,
      upDateMs: undefined,
      addresses,
      statuses: [],
    }
    registry.hosts.set(name, host)
    const inside = `<host:name>${name}</host:name><host:crDate>${dateTime(nowMs)}</host:crDate>`
    return { code: 1000, resData: hostData('creData', inside) } as const
  }
  return { code: 1000, commit }
}
