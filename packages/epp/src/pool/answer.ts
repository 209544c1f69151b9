import { isSuccess } from '@droplock/rules/drop/result-codes'
import type { Answer } from '@droplock/rules/ports/registrar'
import type { ChargedFee } from '@droplock/rules/ports/registry-objects'
import { redactSecrets } from '../redact.ts'
import type { EppResponse } from '../responses/response.ts'
import type { Exchange } from '../session/exchange.ts'

/** Registries' texts go into evidence; longer ones are cut. */
const MESSAGE_LENGTH_MAX = 500

export type About = {
  /** Which name was asked about, where only one was. */
  readonly name?: string | undefined
  /** What was sent and must not come back in a text. */
  readonly secrets?: readonly string[]
  /** How the session's version of the fee extension tells of fees. */
  readonly readFee?: ((response: EppResponse) => ChargedFee | undefined) | undefined
}

/** An exchange in the words of the registrar port. The first result is the answer's code; all texts are kept. */
export function answerOf<Data>(
  exchange: Exchange,
  read: (response: EppResponse, xml: Buffer) => Data | undefined,
  about: About = {},
): Answer<Data> {
  if (exchange.kind !== 'answered') return exchange
  const { message, xml, ...rest } = exchange
  const { answeredAtMs, ...sent } = rest
  if (message.kind !== 'response') return { ...sent, kind: 'unknown', reason: 'a greeting is no answer' }
  const { response } = message
  const [{ code }] = response.results
  const data = isSuccess(code) ? read(response, xml) : undefined
  if (data !== undefined && isForeign(data, response, about.name)) {
    return { ...sent, kind: 'unknown', reason: 'the answer speaks of another name' }
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

/** Only where the clTRID did not prove the match: some registries answer an A-label with its U-label. */
function isForeign(data: unknown, response: EppResponse, name: string | undefined): boolean {
  if (name === undefined || response.clTRID !== undefined) return false
  return typeof data === 'object' && data !== null && 'name' in data && data.name !== name.toLowerCase()
}

function textOf({ results }: EppResponse): string {
  return results.flatMap(({ message, reasons }) => [message, ...reasons]).join('; ')
}
