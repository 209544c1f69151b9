import { extensionUris } from '../../registry/conduct.ts'
import type { Delegation, DsRecord } from '../../registry/records.ts'
import { EppFault } from '../result-codes.ts'
import { type Element, readChildren, token } from '../xml.ts'

/** RFC 5910, secDNS-1.1: the DS data interface. The key data interface is answered 2102 (§4 lets a server choose). */

const DS_RECORDS_MAX = 13
const SIG_LIFE_MAX = 2_147_483_647

function readNumber(element: Element | undefined, max: number): number {
  const text = element ? token(element) : ''
  const number = Number(text)
  if (!/^\d{1,10}$/.test(text) || number > max) throw new EppFault(2005, 'Not a number of DNSSEC')
  return number
}

function readDs(element: Element): DsRecord {
  const parts = readChildren(element, {
    keyTag: 'one',
    alg: 'one',
    digestType: 'one',
    digest: 'one',
    keyData: 'optional',
  })
  const [digest] = parts.digest
  const hex = digest ? token(digest).toUpperCase() : ''
  if (!/^([0-9A-F]{2})+$/.test(hex)) throw new EppFault(2005, 'A digest is hexadecimal')
  return {
    keyTag: readNumber(parts.keyTag[0], 65_535),
    alg: readNumber(parts.alg[0], 255),
    digestType: readNumber(parts.digestType[0], 255),
    digest: hex,
  }
}

function readAll(elements: readonly Element[]): readonly DsRecord[] {
  if (elements.length > DS_RECORDS_MAX) throw new EppFault(2306, `At most ${DS_RECORDS_MAX} DS records`)
  return elements.map(readDs)
}

function refuseKeyData(element: Element): void {
  if (element.children.some(({ local }) => local === 'keyData'))
    throw new EppFault(2102, 'Only dsData is taken')
}

function readSigLife(element: Element | undefined): number | undefined {
  return element && readNumber(element, SIG_LIFE_MAX)
}

/** The secDNS of a create, or the `add` of an update. */
export function readDelegation(element: Element): Delegation {
  refuseKeyData(element)
  const parts = readChildren(element, { maxSigLife: 'optional', dsData: 'some' })
  return { maxSigLife: readSigLife(parts.maxSigLife[0]), ds: readAll(parts.dsData) }
}

function sameDs(a: DsRecord, b: DsRecord): boolean {
  return a.keyTag === b.keyTag && a.alg === b.alg && a.digestType === b.digestType && a.digest === b.digest
}

function remove(ds: readonly DsRecord[], rem: Element | undefined): readonly DsRecord[] {
  if (!rem) return ds
  refuseKeyData(rem)
  const [first] = rem.children
  if (first?.local === 'all') {
    const [all] = readChildren(rem, { all: 'one' }).all
    return all && ['1', 'true'].includes(token(all)) ? [] : ds
  }
  const gone = readAll(readChildren(rem, { dsData: 'some' }).dsData)
  if (gone.some((one) => !ds.some((kept) => sameDs(kept, one)))) throw new EppFault(2303, 'No such DS record')
  return ds.filter((kept) => !gone.some((one) => sameDs(kept, one)))
}

/** RFC 5910 §5.2.5: rem, add and chg, applied in this order. */
export function changeDelegation(held: Delegation | undefined, update: Element): Delegation | undefined {
  const parts = readChildren(update, { rem: 'optional', add: 'optional', chg: 'optional' })
  const [add] = parts.add
  const [chg] = parts.chg
  const added = add && readDelegation(add)
  const life = chg && readSigLife(readChildren(chg, { maxSigLife: 'optional' }).maxSigLife[0])
  const kept = remove(held?.ds ?? [], parts.rem[0])
  const fresh = (added?.ds ?? []).filter((one) => !kept.some((old) => sameDs(old, one)))
  const ds = [...kept, ...fresh]
  if (ds.length > DS_RECORDS_MAX) throw new EppFault(2306, `At most ${DS_RECORDS_MAX} DS records`)
  return ds.length === 0 ? undefined : { maxSigLife: life ?? added?.maxSigLife ?? held?.maxSigLife, ds }
}

export function writeDelegation({ maxSigLife, ds }: Delegation): string {
  const life = maxSigLife === undefined ? '' : `<secDNS:maxSigLife>${maxSigLife}</secDNS:maxSigLife>`
  const records = ds.map(
    ({ keyTag, alg, digestType, digest }) =>
      `<secDNS:dsData><secDNS:keyTag>${keyTag}</secDNS:keyTag><secDNS:alg>${alg}</secDNS:alg>` +
      `<secDNS:digestType>${digestType}</secDNS:digestType><secDNS:digest>${digest}</secDNS:digest></secDNS:dsData>`,
  )
  return `<secDNS:infData xmlns:secDNS="${extensionUris.secDNS}">${life}${records.join('')}</secDNS:infData>`
}
