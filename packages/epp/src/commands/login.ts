import { escapeXml } from '../xml/write.ts'
import { commandDocument } from './document.ts'

export type Credentials = {
  readonly clID: string
  readonly password: string
}

/** What client and registry agreed on from the greeting. */
export type LoginTerms = {
  readonly version: string
  readonly lang: string
  readonly objects: readonly string[]
  readonly extensions: readonly string[]
}

/** `pwType` of RFC 5730: longer ones need loginSec (RFC 8807). */
const PASSWORD = /^\S.{4,14}\S$/u

/** The login. `svcExtension` is left out when nothing would stand in it. Throws `RangeError`. RFC 5730 §2.9.1.1. */
export function loginXml(credentials: Credentials, terms: LoginTerms, clTRID: string): string {
  if (!PASSWORD.test(credentials.password)) throw new RangeError('an EPP password has 6 to 16 characters')
  const objects = terms.objects.map((uri) => `<objURI>${escapeXml(uri)}</objURI>`).join('')
  const extensions = terms.extensions.map((uri) => `<extURI>${escapeXml(uri)}</extURI>`).join('')
  return commandDocument(
    `<login><clID>${escapeXml(credentials.clID)}</clID><pw>${escapeXml(credentials.password)}</pw>` +
      `<options><version>${escapeXml(terms.version)}</version><lang>${escapeXml(terms.lang)}</lang></options>` +
      `<svcs>${objects}${extensions && `<svcExtension>${extensions}</svcExtension>`}</svcs></login>`,
    clTRID,
  )
}
