import { DOMAIN, EPP, EXTENSIONS, OBJECTS } from './namespaces.ts'
import { messages, type ResultCode } from './result-codes.ts'

/** Answers are templates; whatever comes from outside goes through `escapeXml`. */

const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<epp xmlns="${EPP}">`

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Escapes for text and attribute values. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}

/** XSD dateTime in UTC with milliseconds. */
export function dateTime(atMs: number): string {
  return new Date(atMs).toISOString()
}

export type Answer = {
  readonly code: ResultCode
  readonly reason?: string
  /** The inside of resData and extension, already XML. */
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

/** RFC 5730 §2.6: result, resData?, extension?, trID. */
export function writeResponse(answer: Answer, clTRID: string | undefined, svTRID: string): string {
  const resData = answer.resData ? `<resData>${answer.resData}</resData>` : ''
  const extension = answer.extension ? `<extension>${answer.extension}</extension>` : ''
  const echoed = clTRID === undefined ? '' : `<clTRID>${escapeXml(clTRID)}</clTRID>`
  const trID = `<trID>${echoed}<svTRID>${svTRID}</svTRID></trID>`
  return `${HEAD}<response>${result(answer)}${resData}${extension}${trID}</response></epp>`
}

/** RFC 5730 §2.4. */
export function writeGreeting(svID: string, svDateMs: number): string {
  const objects = OBJECTS.map((uri) => `<objURI>${uri}</objURI>`).join('')
  const extensions = EXTENSIONS.map((uri) => `<extURI>${uri}</extURI>`).join('')
  const menu = `<version>1.0</version><lang>en</lang>${objects}<svcExtension>${extensions}</svcExtension>`
  const policy =
    '<access><all/></access><statement><purpose><admin/><prov/></purpose>' +
    '<recipient><ours/><public/></recipient><retention><stated/></retention></statement>'
  return (
    `${HEAD}<greeting><svID>${escapeXml(svID)}</svID><svDate>${dateTime(svDateMs)}</svDate>` +
    `<svcMenu>${menu}</svcMenu><dcp>${policy}</dcp></greeting></epp>`
  )
}

/** A domain object's answer element, e.g. `infData`. */
export function domainData(local: string, inside: string): string {
  return `<domain:${local} xmlns:domain="${DOMAIN}">${inside}</domain:${local}>`
}
