import { DOMAIN } from '../epp/namespaces.ts'
import { dateTime, escapeXml } from '../epp/xml-text.ts'
import type { Application } from './records.ts'

/** domain:panData (RFC 5731 §3.3): what came of a create that was answered 1001. */
export function pendingActionData(
  name: string,
  application: Application,
  won: boolean,
  atMs: number,
): string {
  const { clTRID, svTRID } = application
  const echoed = clTRID === undefined ? '' : `<clTRID>${escapeXml(clTRID)}</clTRID>`
  return (
    `<domain:panData xmlns:domain="${DOMAIN}"><domain:name paResult="${won ? 1 : 0}">${name}</domain:name>` +
    `<domain:paTRID>${echoed}<svTRID>${svTRID}</svTRID></domain:paTRID>` +
    `<domain:paDate>${dateTime(atMs)}</domain:paDate></domain:panData>`
  )
}
