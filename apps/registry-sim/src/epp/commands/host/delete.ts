import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import type { Answer } from '../../write-xml.ts'
import { readName } from '../domain/read-parts.ts'
import { findOwnHost } from './find-own.ts'
import { isLinkedHost } from './linked.ts'

/** RFC 5732 §3.2.2: 2305 while a domain is delegated to it. */
export function deleteHost(context: Context): Decision {
  const { registry, object } = context
  const host = findOwnHost(context, readName(readChildren(object, { name: 'one' }).name[0]))
  if (host.statuses.includes('clientDeleteProhibited'))
    return { code: 2304, reason: 'clientDeleteProhibited' }
  if (isLinkedHost(registry, host.name)) return { code: 2305, reason: 'A domain is delegated to it' }
  const commit = (): Answer => {
    registry.hosts.delete(host.name)
    return { code: 1000 }
  }
  return { code: 1000, commit }
}
