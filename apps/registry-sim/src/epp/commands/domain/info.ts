import { rgpStatusOf, statusesOf } from '../../registry/describe-name.ts'
import type { NameRecord, Registration } from '../../registry/records.ts'
import { RGP } from '../namespaces.ts'
import { readChildren } from '../read-children.ts'
import type { Command } from '../read-command.ts'
import { token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'
import type { Moment, Reply, Session } from '../session.ts'
import { dateTime, domainData, escapeXml } from '../write-xml.ts'
import { readAuthInfo } from './auth-info.ts'
import { readExtension, readObject } from './read-object.ts'

const HOSTS = new Set(['all', 'del', 'none', 'sub'])

function nameServers({ nameServers: names }: Registration): string {
  const hosts = names.map((name) => `<domain:hostObj>${escapeXml(name)}</domain:hostObj>`).join('')
  return hosts && `<domain:ns>${hosts}</domain:ns>`
}

function optional(local: string, value: string | undefined): string {
  return value === undefined ? '' : `<domain:${local}>${escapeXml(value)}</domain:${local}>`
}

function infoData(record: NameRecord, held: Registration): string {
  const updated = held.upDateMs === undefined ? undefined : dateTime(held.upDateMs)
  return [
    `<domain:name>${record.name}</domain:name><domain:roid>${held.roid}</domain:roid>`,
    ...statusesOf(record).map((status) => `<domain:status s="${status}"/>`),
    optional('registrant', held.registrant),
    nameServers(held),
    `<domain:clID>${held.clID}</domain:clID><domain:crID>${held.clID}</domain:crID>`,
    `<domain:crDate>${dateTime(held.crDateMs)}</domain:crDate>`,
    optional('upID', updated && held.clID),
    optional('upDate', updated),
    `<domain:exDate>${dateTime(held.exDateMs)}</domain:exDate>`,
  ].join('')
}

function rgpData(status: string): string {
  return `<rgp:infData xmlns:rgp="${RGP}"><rgp:rgpStatus s="${status}"/></rgp:infData>`
}

/** RFC 5731 §3.1.2; the RGP status (RFC 3915 §4.1.2) only to who logged rgp-1.0 in. 2303 for a name nobody holds. */
export function info(session: Session, command: Command, moment: Moment): Reply {
  const { registry } = session
  const parts = readChildren(readObject(command), { name: 'one', authInfo: 'optional' })
  readExtension(session, command)
  const [asked] = parts.name
  if (!HOSTS.has(asked?.attributes.get('hosts') ?? 'all')) throw new EppFault(2001, 'No such hosts option')
  const record = registry.names.get(asked ? token(asked).toLowerCase() : '')
  if (record?.registration === undefined) return { code: 2303 }
  const [authInfo] = parts.authInfo
  if (authInfo && readAuthInfo(authInfo) !== record.registration.authInfo) return { code: 2202 }
  const status = session.extensions.has(RGP)
    ? rgpStatusOf(registry.settings, record, moment.nowMs)
    : undefined
  return {
    code: 1000,
    resData: domainData('infData', infoData(record, record.registration)),
    ...(status === undefined ? {} : { extension: rgpData(status) }),
  }
}
