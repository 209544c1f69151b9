import { DOMAIN, EPP } from '../epp/namespaces.ts'
import { escapeXml } from '../epp/xml.ts'
import { extensionUris } from '../registry/conduct.ts'

/** The documents that a rival sends. */

const document = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="${EPP}"><command>${inside}</command></epp>`

export type Credentials = { readonly clid: string; readonly password: string }

export function writeLogin({ clid, password }: Credentials, hasProducts: boolean): string {
  const extension = hasProducts
    ? `<svcExtension><extURI>${extensionUris.namestoreExt}</extURI></svcExtension>`
    : ''
  return document(
    `<login><clID>${escapeXml(clid)}</clID><pw>${escapeXml(password)}</pw><options><version>1.0</version><lang>en</lang>` +
      `</options><svcs><objURI>${DOMAIN}</objURI>${extension}</svcs></login>`,
  )
}

function productOf(name: string, hasProducts: boolean): string {
  if (!hasProducts) return ''
  const product = `dot${name.slice(name.indexOf('.') + 1).toUpperCase()}`
  return `<extension><n:namestoreExt xmlns:n="${extensionUris.namestoreExt}"><n:subProduct>${product}</n:subProduct></n:namestoreExt></extension>`
}

/** A create for one year, with the sub-product if the registry has any. */
export function writeCreate(name: string, clTRID: string, hasProducts: boolean): string {
  return document(
    `<create><d:create xmlns:d="${DOMAIN}"><d:name>${name}</d:name><d:period unit="y">1</d:period>` +
      `<d:authInfo><d:pw>rival-auth</d:pw></d:authInfo></d:create></create>${productOf(name, hasProducts)}<clTRID>${clTRID}</clTRID>`,
  )
}

export function writeInfo(name: string, clTRID: string, hasProducts: boolean): string {
  return document(
    `<info><d:info xmlns:d="${DOMAIN}"><d:name hosts="none">${name}</d:name></d:info></info>` +
      `${productOf(name, hasProducts)}<clTRID>${clTRID}</clTRID>`,
  )
}

/** When the registration in the answer began; `undefined` without one. Epoch ms. */
export function readCrDateMs(answer: string): number | undefined {
  const text = /<domain:crDate>([^<]*)</.exec(answer)?.[1]
  return text === undefined ? undefined : Date.parse(text)
}

/** Whether the answer to an info shows a name that waits for its deletion. */
export function isPendingDelete(answer: string): boolean {
  return answer.includes('<domain:status s="pendingDelete"/>')
}

export function readCode(answer: string): number {
  return Number(/<result code="(\d{4})"/.exec(answer)?.[1])
}

export function offersProducts(greeting: string): boolean {
  return greeting.includes(`<extURI>${extensionUris.namestoreExt}</extURI>`)
}

/** The registry's clock, in its own greeting; `undefined` without one. Without a fraction it has whole seconds. Epoch ms. */
export function readServerTime(greeting: string) {
  const [, text = '', fraction] = /<svDate>([^<.]*(\.\d+)?[^<]*)</.exec(greeting) ?? []
  const atMs = Date.parse(text)
  return Number.isFinite(atMs) ? { atMs, resolutionMs: fraction === undefined ? 1000 : 1 } : undefined
}
