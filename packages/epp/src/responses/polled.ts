import type { PendingAction, Polled, PollMessage, Transfer } from '@droplock/rules/ports/registry-objects'
import { CONTACT_URI, DOMAIN_URI, EPP_URI, HOST_URI } from '../namespaces.ts'
import { redactXml } from '../redact.ts'
import { child, childText, readBoolean, readXml, tokenOf } from '../xml.ts'
import { readDate } from './date.ts'
import { readNotice } from './notice.ts'
import type { EppResponse } from './response.ts'

/** The longest known messages are maintenance notices of some kilobytes. Longer ones are cut. */
const EVIDENCE_LENGTH_MAX = 64_000

const KINDS = [
  ['domain', DOMAIN_URI],
  ['contact', CONTACT_URI],
  ['host', HOST_URI],
] as const

/** The answer to a poll: 1301 with a message, 1300 without. RFC 5730 §2.9.2.3. */
export function readPolled(response: EppResponse, xml: Uint8Array): Polled {
  const { queue, results } = response
  if (queue === undefined) return { waiting: 0 }
  if (results[0].code !== 1301) return { waiting: queue.count }
  return { waiting: queue.count, message: messageOf(response, queue, xml) }
}

function messageOf(
  response: EppResponse,
  { id, queuedAt, text = '' }: NonNullable<EppResponse['queue']>,
  xml: Uint8Array,
): PollMessage {
  const pendingAction = readPendingAction(response)
  const transfer = readTransfer(response)
  const about = readAbout(response)
  const notice = readNotice(readXml(xml))
  return {
    id,
    text,
    ...(queuedAt && { queuedAt }),
    ...(pendingAction && { pendingAction }),
    ...(transfer && { transfer }),
    ...(about !== undefined && { about }),
    ...(notice && { notice }),
    unhandled: response.results.flatMap(({ unhandled = [] }) => unhandled),
    evidence: redactXml(Buffer.from(xml).toString('utf8')).slice(0, EVIDENCE_LENGTH_MAX),
  }
}

/** `panData` of any object. RFC 5731, 5732 and 5733 §3.3. */
export function readPendingAction({ resData }: EppResponse): PendingAction | undefined {
  for (const [object, uri] of KINDS) {
    const data = child(resData, uri, 'panData')
    const named = child(data, uri, 'name') ?? child(data, uri, 'id')
    const done = readBoolean(named?.attributes.get('paResult'))
    if (data === undefined || named === undefined || done === undefined) continue
    const trID = child(data, uri, 'paTRID')
    const clTRID = childText(trID, EPP_URI, 'clTRID')
    const at = readDate(childText(data, uri, 'paDate'))
    return {
      object,
      name: nameOf(object, named.text),
      done,
      ...(clTRID !== undefined && { clTRID }),
      svTRID: childText(trID, EPP_URI, 'svTRID') ?? '',
      ...(at && { at }),
    }
  }
  return undefined
}

/** `trnData`. RFC 5731 §3.1.3, RFC 5733 §3.1.3. */
export function readTransfer({ resData }: EppResponse): Transfer | undefined {
  for (const [object, uri] of KINDS) {
    const data = child(resData, uri, 'trnData')
    const name = childText(data, uri, 'name') ?? childText(data, uri, 'id')
    if (data === undefined || name === undefined || object === 'host') continue
    const exDate = readDate(childText(data, uri, 'exDate'))
    return {
      object,
      name: nameOf(object, name),
      status: childText(data, uri, 'trStatus') ?? '',
      requestedBy: childText(data, uri, 'reID') ?? '',
      actedBy: childText(data, uri, 'acID') ?? '',
      ...(exDate && { exDate }),
    }
  }
  return undefined
}

function readAbout({ resData }: EppResponse): string | undefined {
  for (const [object, uri] of KINDS) {
    const data = child(resData, uri, 'infData') ?? child(resData, uri, 'creData')
    const name = childText(data, uri, 'name') ?? childText(data, uri, 'id')
    if (name !== undefined) return nameOf(object, name)
  }
  return undefined
}

/** Names are compared in lower case. A contact's id keeps the registry's spelling. */
function nameOf(object: 'domain' | 'contact' | 'host', text: string): string {
  return object === 'contact' ? tokenOf(text) : tokenOf(text).toLowerCase()
}
