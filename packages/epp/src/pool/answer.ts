import { isSuccess } from '@droplock/rules/drop/result-codes'
import type { Answer, OnSend } from '@droplock/rules/ports/registrar'
import type { ChargedFee } from '@droplock/rules/ports/registry-objects'
import type { Command } from '../commands/command.ts'
import type { SecurityEvent } from '../extensions/login-sec.ts'
import { groupByProduct, type SubProducts } from '../extensions/namestore.ts'
import { redactSecrets } from '../redact.ts'
import type { EppResponse } from '../responses/response.ts'
import type { Exchange } from '../session/exchange.ts'

/** What a pool reports to its owner, for logs and alarms. No text in it contains a secret. */
export type PoolEvent =
  | { readonly kind: 'session_ready'; readonly sessions: number }
  | {
      readonly kind: 'session_ended'
      readonly sessions: number
      readonly reason: string
      readonly code?: number
    }
  | {
      readonly kind: 'session_refused'
      readonly sessions: number
      readonly reason: string
      readonly code?: number
    }
  /** A warning of the registry at login, about a password, certificate or cipher. */
  | { readonly kind: 'security_event'; readonly event: SecurityEvent }
  /** The registry allows fewer sessions than configured (2502 at login). */
  | { readonly kind: 'sessions_reduced'; readonly target: number }
  /** No session is opened any more until an operator acts. */
  | { readonly kind: 'alarm'; readonly reason: string; readonly code?: number }

/** Sends one command as soon as a slot is free. */
export type Send = <Data>(command: Command<Data>, clTRID: string, onSend?: OnSend) => Promise<Answer<Data>>

/**
 * Asks about many objects: in one command, or in one command for each product of the registry, the second with `clTRID-2` and
 * so on. Returns the last answer with the data of all, or the first answer that is no success.
 */
export async function sendByProduct<One>(
  send: Send,
  subProducts: SubProducts | undefined,
  objects: readonly string[],
  ask: (objects: readonly string[]) => Command<readonly One[]>,
  clTRID: string,
): Promise<Answer<readonly One[]>> {
  const [first = objects, ...more] = subProducts ? groupByProduct(subProducts, objects) : []
  let all = await send(ask(first), clTRID)
  for (const [index, group] of more.entries()) {
    if (all.kind !== 'answered' || !isSuccess(all.code)) return all
    const next = await send(ask(group), `${clTRID}-${index + 2}`)
    if (next.kind !== 'answered' || !isSuccess(next.code)) return next
    all = { ...next, data: [...(all.data ?? []), ...(next.data ?? [])] }
  }
  return all
}

/** The registry's texts are stored as evidence; longer ones are cut. */
const MESSAGE_LENGTH_MAX = 500

type About = {
  /** The name in the command, if there is exactly one. */
  readonly name?: string | undefined
  /** Texts that were sent and must not appear in the answer. */
  readonly secrets?: readonly string[]
  /** Reads fees by the session's version of the fee extension. */
  readonly readFee?: ((response: EppResponse) => ChargedFee | undefined) | undefined
}

/** An exchange as an answer of the registrar port. The first result gives the code; all texts are kept. */
export function answerOf<Data>(
  exchange: Exchange,
  read: (response: EppResponse, xml: Buffer) => Data | undefined,
  about: About = {},
): Answer<Data> {
  if (exchange.kind !== 'answered') return exchange
  const { message, xml, ...rest } = exchange
  const { answeredAtMs, ...sent } = rest
  if (message.kind !== 'response')
    return { ...sent, kind: 'unknown', reason: 'a greeting came in place of an answer' }
  const { response } = message
  const [{ code }] = response.results
  const data = isSuccess(code) ? read(response, xml) : undefined
  if (data !== undefined && isForeign(data, response, about.name)) {
    return { ...sent, kind: 'unknown', reason: 'the answer is about another name' }
  }
  const shown = (text: string) => redactSecrets(text, about.secrets ?? []).slice(0, MESSAGE_LENGTH_MAX)
  const facts = { code, message: shown(textOf(response)), svTRID: response.svTRID, answeredAtMs }
  const refusal = isSuccess(code) ? {} : refusalOf(response, about, shown)
  return { ...sent, kind: 'answered', ...facts, ...refusal, ...(data !== undefined && { data }) }
}

function refusalOf(response: EppResponse, { readFee }: About, shown: (text: string) => string) {
  const reasons = response.results.flatMap((result) => result.reasons.map(shown))
  const refusedFee = readFee?.(response)
  return { ...(reasons.length > 0 && { reasons }), ...(refusedFee && { refusedFee }) }
}

/** Checked only when the clTRID does not prove the match: some registries answer an A-label with its U-label. */
function isForeign(data: unknown, response: EppResponse, name: string | undefined): boolean {
  if (name === undefined || response.clTRID !== undefined) return false
  return typeof data === 'object' && data !== null && 'name' in data && data.name !== name.toLowerCase()
}

function textOf({ results }: EppResponse): string {
  return results.flatMap(({ message, reasons }) => [message, ...reasons]).join('; ')
}
