import type { DnssecRecord, UpdateDomain } from '@droplock/rules/ports/registry-objects'
import type { EppResponse } from '../responses/response.ts'
import { child, childText, leaf, wrap, type XmlElement } from '../xml.ts'

export const SECDNS_URI = 'urn:ietf:params:xml:ns:secDNS-1.1'

const XMLNS = { 'xmlns:secDNS': SECDNS_URI }

/** Extension of a domain create. Throws `RangeError` without records, or with both kinds at once. RFC 5910 §5.2.1. */
export function secDnsCreate(records: readonly DnssecRecord[]): string {
  return wrap('secDNS:create', recordsXml(records), XMLNS)
}

/** Extension of a domain update: records to remove, then records to add; `urgent` if given. RFC 5910 §5.2.5. */
export function secDnsUpdate({ remove, add, urgent }: NonNullable<UpdateDomain['dnssec']>): string {
  const gone = remove === 'all' ? leaf('secDNS:all', 'true') : remove && recordsXml(remove)
  const parts =
    (gone === undefined ? '' : wrap('secDNS:rem', gone)) + (add ? wrap('secDNS:add', recordsXml(add)) : '')
  return wrap('secDNS:update', parts, { ...XMLNS, urgent: urgent?.toString() })
}

/** The records of an `infData`; `undefined` without one. RFC 5910 §5.1.2. */
export function readSecDns({ extension }: EppResponse): readonly DnssecRecord[] | undefined {
  return child(extension, SECDNS_URI, 'infData')?.children.flatMap(readRecord)
}

function recordsXml(records: readonly DnssecRecord[]): string {
  if (records.length === 0) throw new RangeError('DNSSEC data without a record')
  if (new Set(records.map(({ kind }) => kind)).size > 1)
    throw new RangeError('DS records and keys cannot be mixed')
  return records.map(recordXml).join('')
}

function recordXml(record: DnssecRecord): string {
  if (record.kind === 'ds') {
    const { keyTag, algorithm, digestType, digest } = record
    const fields = leaf('secDNS:keyTag', keyTag) + leaf('secDNS:alg', algorithm)
    return wrap(
      'secDNS:dsData',
      fields + leaf('secDNS:digestType', digestType) + leaf('secDNS:digest', digest),
    )
  }
  const { flags, protocol, algorithm, publicKey } = record
  const fields = leaf('secDNS:flags', flags) + leaf('secDNS:protocol', protocol)
  return wrap('secDNS:keyData', fields + leaf('secDNS:alg', algorithm) + leaf('secDNS:pubKey', publicKey))
}

function readRecord(record: XmlElement): readonly DnssecRecord[] {
  const text = (local: string) => childText(record, SECDNS_URI, local) ?? ''
  const algorithm = Number(text('alg'))
  if (record.local === 'dsData') {
    const [keyTag, digestType] = [Number(text('keyTag')), Number(text('digestType'))]
    return [{ kind: 'ds', keyTag, algorithm, digestType, digest: text('digest') }]
  }
  if (record.local !== 'keyData') return []
  const [flags, protocol] = [Number(text('flags')), Number(text('protocol'))]
  return [{ kind: 'key', flags, protocol, algorithm, publicKey: text('pubKey') }]
}
