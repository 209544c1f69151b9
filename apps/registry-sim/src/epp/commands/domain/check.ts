import { yearlyFeeMinor } from '../../registry/create-domain.ts'
import { isDomainName, zoneOf } from '../../registry/domain-name.ts'
import type { Registry } from '../../registry/registry.ts'
import { FEE } from '../namespaces.ts'
import { readChildren } from '../read-children.ts'
import type { Command } from '../read-command.ts'
import { token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'
import type { Reply, Session } from '../session.ts'
import { domainData, escapeXml } from '../write-xml.ts'
import { readFeeQuestion, writeFeeCheck } from './fee.ts'
import { readExtension, readObject } from './read-object.ts'

const NAMES_PER_CHECK_MAX = 50

/** Why a name cannot be registered now, or `undefined` when it can. At most 32 characters (eppcom reasonType). */
function hindrance(registry: Registry, name: string): string | undefined {
  if (!isDomainName(name)) return 'Not a domain name'
  if (zoneOf(name, registry.settings.zones) === undefined) return 'Zone not served'
  const record = registry.names.get(name)
  if (record && record.stage !== 'free') return 'In use'
  return record?.kind === 'refused' ? 'Reserved' : undefined
}

function checkData(registry: Registry, name: string): string {
  const reason = hindrance(registry, name.toLowerCase())
  const why = reason === undefined ? '' : `<domain:reason>${reason}</domain:reason>`
  return `<domain:cd><domain:name avail="${reason === undefined ? 1 : 0}">${escapeXml(name)}</domain:name>${why}</domain:cd>`
}

function feeData(registry: Registry, names: readonly string[], years: number): string {
  const { fee } = registry.settings
  const priced = names.map((name) => {
    const yearly = yearlyFeeMinor(registry, registry.names.get(name.toLowerCase()))
    return { name, minor: yearly * years, premium: yearly !== fee.standardMinor }
  })
  return writeFeeCheck(fee.currency, years, priced)
}

/** RFC 5731 §3.1.1, with the fees of RFC 8748 §5.1.1 when asked. */
export function check(session: Session, command: Command): Reply {
  const { registry } = session
  const names = readChildren(readObject(command), { name: 'some' }).name.map(token)
  const question = readExtension(session, command, FEE)
  if (names.length > NAMES_PER_CHECK_MAX) throw new EppFault(2306, `At most ${NAMES_PER_CHECK_MAX} names`)
  if (names.some((name) => name.length < 1 || name.length > 255))
    throw new EppFault(2005, 'Not a domain name')
  const resData = domainData('chkData', names.map((name) => checkData(registry, name)).join(''))
  if (!question) return { code: 1000, resData }
  const { years } = readFeeQuestion(question, registry.settings.fee)
  return { code: 1000, resData, extension: feeData(registry, names, years) }
}
