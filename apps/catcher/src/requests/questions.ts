import type { Answer } from '@droplock/rules/ports/registrar'
import { isFiring, type RequestRule } from './serve.ts'
import type { Serving } from './serving.ts'

// What questions about names that are not being caught have in common: confirmations of suspects, and fee checks.

export type QuestionRule = RequestRule & { readonly fireLeadMs: number }

/** Whether the registry may be asked now: the lease is held, and no name is about to drop. */
export function mayAskNow(on: Serving, { fireLeadMs }: QuestionRule): boolean {
  return on.lease.maySend() && !isFiring(on.store.all(), fireLeadMs, on.registryNowMs())
}

/** The share of an account's commands that asks questions: it delays no renewal, and a day's suspects are asked about within hours. */
const SHARE_OF_RATE = 0.1

/** The pause between two questions. Milliseconds. */
export function gapMsOf(account: Serving['account']): number {
  const { commandsPerSecondMax, commandsPerMinuteMax = Infinity } = account
  return 1_000 / (SHARE_OF_RATE * Math.min(commandsPerSecondMax, commandsPerMinuteMax / 60))
}

/** When the answer arrived, by the clock of `sentAt`; null where none did. */
export function answeredAtOf(answer: Extract<Answer<unknown>, { readonly sentAt: Date }>): Date | null {
  if (answer.kind !== 'answered') return null
  return new Date(answer.sentAt.getTime() + answer.answeredAtMs - answer.sentAtMs)
}
