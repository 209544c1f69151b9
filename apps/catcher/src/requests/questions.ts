import { lastingRate } from '@droplock/rules/drop/capacity'
import type { Answer } from '@droplock/rules/ports/registrar'
import { pause } from '../loops.ts'
import { isFiring, type RequestRule } from './serve.ts'
import type { Serving } from './serving.ts'

// What questions about names that are not being caught have in common: confirmations of suspects and of registrations, and fee checks.

export type QuestionRule = RequestRule & { readonly fireLeadMs: number }

/** Whether the registry may be asked now: the lease is held, and no name is about to drop. */
export function mayAskNow(on: Serving, { fireLeadMs }: QuestionRule): boolean {
  return on.lease.maySend() && !isFiring(on.store.all(), fireLeadMs, on.registryNowMs())
}

/** The share of an account's commands that asks questions: it delays no renewal, and a day's suspects are asked about within hours. */
const SHARE_OF_RATE = 0.1

/** The pause between two questions. Milliseconds. */
export function gapMsOf(account: Serving['account'], shareOfRate = SHARE_OF_RATE): number {
  return 1_000 / (shareOfRate * lastingRate(account))
}

/** When the answer arrived, by the clock of `sentAt`; null where none did. */
export function answeredAtOf(answer: Extract<Answer<unknown>, { readonly sentAt: Date }>): Date | null {
  if (answer.kind !== 'answered') return null
  return new Date(answer.sentAt.getTime() + answer.answeredAtMs - answer.sentAtMs)
}

type Questions<Due> = {
  /** The next batch of what is due. */
  readonly due: () => Promise<readonly Due[]>
  /** False where nothing was sent: no session or no room. Then it is still due. */
  readonly ask: (due: Due) => Promise<boolean>
  /** The event of a batch that failed; it is asked again. */
  readonly failed: string
  /** Of the account's rate; that of all others unless it is given. */
  readonly shareOfRate?: number
}

/** Asks one question at a time until the signal aborts, spaced, and only while the registry may be asked. */
export async function askUntil<Due>(
  on: Serving,
  rule: QuestionRule,
  signal: AbortSignal,
  questions: Questions<Due>,
): Promise<void> {
  const mayAsk = () => !signal.aborted && mayAskNow(on, rule)
  while (!signal.aborted) {
    const asked = mayAsk() ? await askBatch(on, questions, mayAsk, signal) : 0
    if (asked === 0) await pause(rule.everyMs, signal)
  }
}

/** Returns how many were asked. */
async function askBatch<Due>(
  on: Serving,
  { due, ask, failed, shareOfRate }: Questions<Due>,
  mayAsk: () => boolean,
  signal: AbortSignal,
): Promise<number> {
  let asked = 0
  try {
    for (const question of await due()) {
      if (!mayAsk() || !(await ask(question))) break
      asked += 1
      await pause(gapMsOf(on.account, shareOfRate), signal)
    }
  } catch (error) {
    on.log.error({ event: failed, err: error })
    return 0
  }
  return asked
}
