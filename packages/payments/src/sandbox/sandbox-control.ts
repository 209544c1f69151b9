import { z } from 'zod'
import type { DisputeTerms } from '../processor/records.ts'
import type { Fault } from '../serve/faults.ts'
import { type Caller, call } from './call.ts'
import { disputeView, intentView, payoutView } from './protocol.ts'

const TIMEOUT_MS = 10_000
const anyBody = z.unknown()

export type SandboxControl = {
  /** Pays as the payer's browser does. Returns the new state; throws when the payment is refused. */
  pay(intent: { readonly providerId: string; readonly clientSecret: string }, card: string): Promise<string>
  finishStep(
    intent: { readonly providerId: string; readonly clientSecret: string },
    passed: boolean,
  ): Promise<string>
  settle(objectId: string): Promise<void>
  openDispute(providerId: string, terms?: DisputeTerms): Promise<string>
  closeDispute(disputeId: string, won: boolean): Promise<void>
  /** Pays out what has not been paid out; the payout's id. */
  payOut(currency: string): Promise<string>
  failPayout(payoutId: string): Promise<void>
  chargeFee(amountMinor: bigint, currency: string): Promise<void>
  tamper(movementId: string, how: 'drop' | 'double' | 'alter'): Promise<void>
  fault(kind: Fault, times?: number): Promise<void>
  resend(eventId: string): Promise<void>
}

/** Acts as the payer and the bank, and injects faults, on a running sandbox. For demos and tests. */
export function createSandboxControl(url: string, apiKey: string): SandboxControl {
  const caller: Caller = { url, apiKey, timeoutMs: TIMEOUT_MS }
  const post = async <Schema extends z.ZodType>(path: string, body: unknown, schema: Schema) => {
    const answer = await call(caller, { method: 'POST', path, schema, body })
    if (answer.kind !== 'done') throw new Error(`${path}: ${answer.kind}, ${answer.reason}`)
    return answer.value
  }
  const act = async (path: string, body: unknown) => {
    await post(path, body, anyBody)
  }
  return {
    pay: async ({ providerId, clientSecret: client_secret }, card) =>
      (await post(`/payer/intents/${providerId}/confirm`, { client_secret, card }, intentView)).state,
    finishStep: async ({ providerId, clientSecret: client_secret }, passed) =>
      (await post(`/payer/intents/${providerId}/step`, { client_secret, passed }, intentView)).state,
    settle: (object) => act('/control/settle', { object }),
    openDispute: async (payment, { reason, dueInMs } = {}) =>
      (await post('/control/disputes', { payment, reason, due_in_ms: dueInMs }, disputeView)).id,
    closeDispute: (id, won) => act(`/control/disputes/${id}`, { won }),
    payOut: async (currency) => (await post('/control/payouts', { currency }, payoutView)).id,
    failPayout: (id) => act(`/control/payouts/${id}/fail`, {}),
    chargeFee: (amountMinor, currency) =>
      act('/control/fees', { amount_minor: String(amountMinor), currency }),
    tamper: (movement, how) => act('/control/tamper', { movement, how }),
    fault: (kind, times = 1) => act('/control/faults', { kind, times }),
    resend: (eventId) => act(`/control/events/${eventId}/resend`, {}),
  }
}
