import { withdrawListedBlocked } from '@droplock/core/blocked-names/withdraw-listed'
import { chooseMeans } from '@droplock/core/confirmations/choose-means'
import { claimRdapQuestion, type RdapQuestion } from '@droplock/core/confirmations/claim-rdap'
import { recordAnswer } from '@droplock/core/confirmations/record-answer'
import type { Context } from '@droplock/core/context'
import { endRdapTurn, RDAP_REQUEST_MS_MAX } from '@droplock/core/rdap-hosts'
import { queryRdap, type RdapLookup } from '@droplock/rdap/query-rdap'
import { confirmByRdap } from '@droplock/rules/confirmations'
import { drain, type Job } from '../jobs/jobs.ts'

/** RDAP servers are asked side by side, so that a slow one does not delay the others. */
const LANES = 4

/** How often it is looked for listings of blocked names. Nobody can order them meanwhile. */
const BLOCKED_MS = 5_000

export type WithdrawalIntervals = {
  /** How often suspects are put to their registries, and how often it is looked for an RDAP server that is free. Milliseconds. */
  readonly chooseMs: number
  readonly rdapMs: number
}

/** Ends listings outside their drop: chooses how each is asked about, and asks those that an RDAP server answers; withdraws blocked names. Rule 15. */
export function withdrawalJobs(
  ctx: Context,
  { chooseMs, rdapMs }: WithdrawalIntervals,
  monotonicMs: () => number,
): readonly Job[] {
  const rdap: Job = {
    name: 'confirmation.rdap',
    everyMs: rdapMs,
    run: async (signal) => done(await drain(() => askOne(ctx, monotonicMs, signal), signal)),
  }
  const choose: Job = {
    name: 'confirmation.choose',
    everyMs: chooseMs,
    run: async (signal) => done(await drain(() => chooseMeans(ctx), signal)),
  }
  const blocked: Job = {
    name: 'sweep.blocked',
    everyMs: BLOCKED_MS,
    run: async (signal) => done(await drain(() => withdrawListedBlocked(ctx), signal)),
  }
  return [choose, blocked, ...Array.from({ length: LANES }, () => rdap)]
}

function done(count: number) {
  return count === 0 ? undefined : { done: count }
}

/** Asks one question. Returns whether there was one. */
async function askOne(ctx: Context, monotonicMs: () => number, signal: AbortSignal): Promise<boolean> {
  // Before the turn is taken, because its time runs from then.
  const startedMs = monotonicMs()
  const question = await claimRdapQuestion(ctx)
  if (question === undefined) return false
  const leftMs = RDAP_REQUEST_MS_MAX - (monotonicMs() - startedMs)
  // A process that stood still has lost its turn, and sends nothing.
  if (leftMs <= 0) return true
  const askedAt = new Date()
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(leftMs))])
  const lookup = await queryRdap(question.baseUrl, question.facts.name, bounded)
  // Whether or not the answer can be recorded, the server was asked.
  await endRdapTurn(ctx, question.host, question.requestId, lookup)
  // A question that we ended ourselves has no answer; it is asked again when its claim is over.
  if (!signal.aborted) await record(ctx, question, lookup, askedAt)
  return true
}

async function record(ctx: Context, question: RdapQuestion, lookup: RdapLookup, askedAt: Date) {
  const { answer, status } = lookup
  const answeredAt = new Date()
  const domain = answer.kind === 'found' ? answer.domain : undefined
  await recordAnswer(ctx, {
    means: 'rdap',
    listingId: question.listingId,
    suspicion: question.suspicion,
    url: question.baseUrl,
    askedAt,
    answeredAt: status === null ? null : answeredAt,
    code: status,
    ...confirmByRdap(answer, question.facts, answeredAt),
    ...(domain && {
      statuses: domain.statuses,
      crDate: domain.registeredAt,
      registrar: domain.registrar,
    }),
  })
}
