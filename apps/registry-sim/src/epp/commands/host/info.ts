import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import { hostData, optionalElement } from '../../write-xml.ts'
import { dateTime } from '../../xml-text.ts'
import { readName } from '../domain/read-parts.ts'
import { hostStatuses } from './linked.ts'

const element = (local: string, text: string | undefined) => optionalElement('host', local, text)

/** RFC 5732 §3.1.2. */
export function infoHost({ registry, object }: Context): Decision {
  const host = registry.hosts.get(readName(readChildren(object, { name: 'one' }).name[0]))
  if (!host) return { code: 2303 }
  const updated = host.upDateMs === undefined ? undefined : dateTime(host.upDateMs)
  const inside = [
    element('name', host.name),
    element('roid', host.roid),
    ...hostStatuses(registry, host).map((status) => `<host:status s="${status}"/>`),
    ...host.addresses.map(({ ip, text }) => `<host:addr ip="${ip}">${text}</host:addr>`),
    element('clID', host.clID),
    element('crID', host.clID),
    element('crDate', dateTime(host.crDateMs)),
    element('upID', updated && host.clID),
    element('upDate', updated),
  ]
  return { code: 1000, resData: hostData('infData', inside.join('')) }
}
