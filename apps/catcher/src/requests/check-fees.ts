import { claimDueFeeChecks, type DueFeeCheck } from '@droplock/core/fee-checks/claim-due'
import { recordFees } from '@droplock/core/fee-checks/record'
import { quoteDomains } from '@droplock/epp/commands/domain'
import { judgeFee } from '@droplock/rules/drop/decide-by-fee'
import { pause } from '../loops.ts'
import { answeredAtOf, gapMsOf, mayAskNow, type QuestionRule } from './questions.ts'
import { guard, heldContext, resultOf, type Serving } from './serving.ts'

/** Names in one command, with the ordinary one: registries that limit it allow ten or more. */
const NAMES_PER_CHECK_MAX = 9

/** After a check that could not be sent, perhaps because the registry has no fee extension. Milliseconds. */
const UNSENT_PAUSE_MS = 60_000

/**
 * Asks the registry what live names cost, until the signal aborts: outside fire windows only, spaced, within the same share of the
 * account's rate as other questions, some names in one command. A check that fails is logged and made again. Rule 3.
 */
export async function checkFeesUntil(on: Serving, rule: QuestionRule, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const asked = mayAskNow(on, rule) ? await checkBatch(on) : 'nothing'
    const pauseMs = { asked: gapMsOf(on.account), nothing: rule.everyMs, unsent: UNSENT_PAUSE_MS }
    await pause(pauseMs[asked], signal)
  }
}

async function checkBatch(on: Serving): Promise<'asked' | 'nothing' | 'unsent'> {
  try {
    const due = await claimDueFeeChecks(on.ctx, on.account.id, NAMES_PER_CHECK_MAX)
    if (due.length === 0) return 'nothing'
    return (await check(on, due)) ? 'asked' : 'unsent'
  } catch (error) {
    on.log.error({ event: 'fee_check.failed', err: error })
    return 'nothing'
  }
}

/** Asks for the price of each name, and of an unregistered name, which costs the standard fee. False where nothing was sent. RFC 8748 §5.1.1. */
async function check(on: Serving, due: readonly DueFeeCheck[]): Promise<boolean> {
  const clTRID = on.newClTRID()
  const ordinaryName = `${clTRID.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')}.${due[0]?.zone}`
  const names = due.map(({ name }) => name)
  const questions = [{ command: 'create', years: 1 }] as const
  const answer = await on.pool.send(quoteDomains([...names, ordinaryName], questions), clTRID, guard(on))
  if (answer.kind === 'not_sent') return false
  const recorded = await recordFees(heldContext(on), {
    registryAccountId: on.account.id,
    lease: on.lease.lease,
    clTRID,
    ...resultOf(answer),
    askedAt: answer.sentAt,
    answeredAt: answeredAtOf(answer),
    findings: due.map(({ listingId, name }) => ({ listingId, ...judgeFee(answer, { name, ordinaryName }) })),
  })
  on.log.info({ event: 'fee_check.answered', names: names.length, ...recorded })
  return true
}
