import { chargeFailure } from '../../../registry/account.ts'
import { noteCheck } from '../../../registry/checks.ts'
import { extensionUris } from '../../../registry/conduct.ts'
import { isDomainName, servedZone, zoneAbove } from '../../../registry/names.ts'
import type { NameRecord } from '../../../registry/records.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { Context, Decision } from '../../decision.ts'
import { readFeeQuestion, writeFeeCheck } from '../../extensions/fee.ts'
import { readProductZones } from '../../extensions/namestore.ts'
import { EppFault } from '../../result-codes.ts'
import { domainData, escapeXml, readChildren, token } from '../../xml.ts'

const NAMES_PER_CHECK_MAX = 50

function inUse({ settings }: Registry, { stage, listedPurgeAtMs }: NameRecord): string {
  if (!settings.showsDropTime || stage !== 'pending' || listedPurgeAtMs === undefined) return 'In use'
  return `Drop ${new Date(listedPurgeAtMs).toISOString().replace('.000Z', 'Z')}`
}

/** Why a name cannot be registered now, or `undefined` when it can. At most 32 characters (eppcom reasonType). */
function hindrance(registry: Registry, served: readonly string[], name: string): string | undefined {
  if (!isDomainName(name)) return 'Not a domain name'
  if (servedZone(name, registry.settings) === undefined) return 'Zone not served'
  // As at Verisign: a name of another product is no error, but not available.
  if (zoneAbove(name, served) === undefined) return 'Not an authoritative TLD'
  const record = registry.names.get(name)
  if (record && record.stage !== 'free') return inUse(registry, record)
  return record?.kind === 'refused' ? 'Reserved' : undefined
}

function checkData(name: string, reason: string | undefined): string {
  const why = reason === undefined ? '' : `<domain:reason>${reason}</domain:reason>`
  return `<domain:cd><domain:name avail="${reason === undefined ? 1 : 0}">${escapeXml(name)}</domain:name>${why}</domain:cd>`
}

/** Charges a check: returns the delay of the answer when a name is checked too often, and uses the budget if failed checks count. */
function charge({ registry, account, moment }: Context, names: readonly string[], failed: number): number {
  const late = names.map((name) => noteCheck(registry, account, name.toLowerCase(), moment.nowMs))
  const { failedChecksCount, createsBlockedMs } = registry.settings
  const charged = failedChecksCount ? failed : 0
  for (let count = 0; count < charged; count++) {
    chargeFailure(account, moment.nowMs, createsBlockedMs)
  }
  return Math.max(0, ...late)
}

/** RFC 5731 §3.1.1, with fees by RFC 8748 §5.1.1 if asked. */
export function checkDomains(context: Context): Decision {
  const { registry, extensions } = context
  const names = readChildren(context.object, { name: 'some' }).name.map(token)
  if (names.length > NAMES_PER_CHECK_MAX) throw new EppFault(2306, `At most ${NAMES_PER_CHECK_MAX} names`)
  if (names.some((name) => name.length < 1 || name.length > 255)) {
    throw new EppFault(2005, 'Not a domain name')
  }
  const served = readProductZones(context)
  const element = extensions.get(extensionUris.fee)
  const asked = element && readFeeQuestion(element, registry.settings.fee)
  const reasons = names.map((name) => hindrance(registry, served, name.toLowerCase()))
  const delayMs = charge(context, names, reasons.filter((reason) => reason !== undefined).length)
  return {
    code: 1000,
    delayMs,
    resData: domainData('chkData', names.map((name, index) => checkData(name, reasons[index])).join('')),
    ...(asked ? { extension: writeFeeCheck(registry, names, asked) } : {}),
  }
}
