import { isDomainName } from '../../../registry/domain-name.ts'
import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import { token } from '../../read-xml.ts'
import { EppFault } from '../../result-codes.ts'
import { hostData } from '../../write-xml.ts'
import { escapeXml } from '../../xml-text.ts'

const NAMES_PER_CHECK_MAX = 50

/** RFC 5732 §3.1.1. */
export function checkHosts({ registry, object }: Context): Decision {
  const names = readChildren(object, { name: 'some' }).name.map(token)
  if (names.length > NAMES_PER_CHECK_MAX) throw new EppFault(2306, `At most ${NAMES_PER_CHECK_MAX} hosts`)
  if (names.some((name) => name.length < 1 || name.length > 255)) throw new EppFault(2005, 'Not a host name')
  const data = names.map((given) => {
    const name = given.toLowerCase()
    const reason = registry.hosts.has(name) ? 'In use' : isDomainName(name) ? undefined : 'Not a host name'
    const why = reason === undefined ? '' : `<host:reason>${reason}</host:reason>`
    return `<host:cd><host:name avail="${reason === undefined ? 1 : 0}">${escapeXml(given)}</host:name>${why}</host:cd>`
  })
  return { code: 1000, resData: hostData('chkData', data.join('')) }
}
