import type { RegistrySettings } from '../registry/settings.ts'
import { CONTACT, DOMAIN, EPP, HOST, menuOf } from './namespaces.ts'
import { messages, type ResultCode } from './result-codes.ts'
import { dateTime, escapeXml } from './xml-text.ts'

/** Answers are templates; whatever comes from outside goes through `escapeXml`. */

const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<epp xmlns="${EPP}">`

export type Answer = {
  readonly code: ResultCode
  readonly reason?: string
  /** A whole msgQ; the insides of resData and extension. XML already. */
  readonly msgQ?: string
  readonly resData?: string
  readonly extension?: string
}

function result({ code, reason }: Answer): string {
  const why =
    reason === undefined
      ? ''
      : `<extValue><value><undef/></value><reason>${escapeXml(reason)}</reason></extValue>`
  return `<result code="${code}"><msg>${messages[code]}</msg>${why}</result>`
}

/** RFC 5730 §2.6: result, msgQ?, resData?, extension?, trID. */
export function writeResponse(answer: Answer, clTRID: string | undefined, svTRID: string): string {
  const resData = answer.resData ? `<resData>${answer.resData}</resData>` : ''
  const extension = answer.extension ? `<extension>${answer.extension}</extension>` : ''
  const echoed = clTRID === undefined ? '' : `<clTRID>${escapeXml(clTRID)}</clTRID>`
  const trID = `<trID>${echoed}<svTRID>${svTRID}</svTRID></trID>`
  return `${HEAD}<response>${result(answer)}${answer.msgQ ?? ''}${resData}${extension}${trID}</response></epp>`
}

/** RFC 5730 §2.4. */
export function writeGreeting(settings: RegistrySettings, svDateMs: number): string {
  const offered = menuOf(settings)
  const objects = offered.objects.map((uri) => `<objURI>${uri}</objURI>`).join('')
  const extensions = offered.extensions.map((uri) => `<extURI>${escapeXml(uri)}</extURI>`).join('')
  const services = extensions ? `${objects}<svcExtension>${extensions}</svcExtension>` : objects
  const policy =
    '<access><all/></access><statement><purpose><admin/><prov/></purpose>' +
    '<recipient><ours/><public/></recipient><retention><stated/></retention></statement>'
  return (
    `${HEAD}<greeting><svID>Registry simulator ${settings.id}</svID><svDate>${dateTime(svDateMs)}</svDate>` +
    `<svcMenu><version>1.0</version><lang>en</lang>${services}</svcMenu><dcp>${policy}</dcp></greeting></epp>`
  )
}

/** An element of one object's namespace, e.g. `infData` of a domain. */
function objectData(prefix: string, ns: string) {
  return (local: string, inside: string) =>
    `<${prefix}:${local} xmlns:${prefix}="${ns}">${inside}</${prefix}:${local}>`
}

export const domainData = objectData('domain', DOMAIN)
export const contactData = objectData('contact', CONTACT)
export const hostData = objectData('host', HOST)

/** `<prefix:local>text</prefix:local>`, or nothing where there is no text. */
export function optionalElement(prefix: string, local: string, text: string | undefined): string {
  return text === undefined ? '' : `<${prefix}:${local}>${escapeXml(text)}</${prefix}:${local}>`
}
