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

/** A create for one year, with the sub-product if the registry has any. */
export function writeCreate(name: string, clTRID: string, hasProducts: boolean): string {
  const product = `dot${name.slice(name.indexOf('.') + 1).toUpperCase()}`
  const extension = hasProducts
    ? `<extension><n:namestoreExt xmlns:n="${extensionUris.namestoreExt}"><n:subProduct>${product}</n:subProduct></n:namestoreExt></extension>`
    : ''
  return document(
    `<create><d:create xmlns:d="${DOMAIN}"><d:name>${name}</d:name><d:period unit="y">1</d:period>` +
      `<d:authInfo><d:pw>rival-auth</d:pw></d:authInfo></d:create></create>${extension}<clTRID>${clTRID}</clTRID>`,
  )
}

export function readCode(answer: string): number {
  return Number(/<result code="(\d{4})"/.exec(answer)?.[1])
}

export function offersProducts(greeting: string): boolean {
  return greeting.includes(`<extURI>${extensionUris.namestoreExt}</extURI>`)
}

/** The registry's clock, in its own greeting. Epoch ms; `NaN` without one. */
export function readServerMs(greeting: string): number {
  return Date.parse(/<svDate>([^<]*)</.exec(greeting)?.[1] ?? '')
}
