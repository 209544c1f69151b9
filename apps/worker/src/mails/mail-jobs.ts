import type { Context } from '@droplock/core/context'
import type { WakeUp } from '@droplock/core/events/feed'
import { claimDueMails, type DueMail } from '@droplock/core/member-mails/claim-due'
import { planMemberMails } from '@droplock/core/member-mails/plan'
import { recordMail } from '@droplock/core/member-mails/record'
import { giveUpMails } from '@droplock/core/member-mails/undelivered'
import type { MailOutcome } from '@droplock/rules/ports/mail'
import { drain, type Job } from '../jobs/jobs.ts'
import type { MemberMailer } from './member-mailer.ts'

export type MailRule = {
  /** The id of this process, new at every start. */
  readonly owner: string
  /** Left out: mails are planned, and wait for a worker that sends them. */
  readonly mailer?: MemberMailer | undefined
  /** The shortest time between two looks for events and for due mails. Milliseconds. */
  readonly everyMs: number
  /** See `planMemberMails`. Milliseconds. */
  readonly gatherMs: number
  readonly pauseMs: number
  /** Woken when events were numbered. */
  readonly wakeUp: WakeUp
}

/** Mails that one worker sends at the same time, each by a connection of its own: mail servers limit these. */
const MAILS_AT_ONCE_MAX = 8

/** Milliseconds. */
const GIVE_UP_EVERY_MS = 60_000

/** Plans, sends and gives up the mails to people of accounts (ADR 51). A mail server that is down delays nothing else. */
export function mailJobs(ctx: Context, rule: MailRule): readonly Job[] {
  const { owner, mailer, everyMs, wakeUp } = rule
  const plan: Job = {
    name: 'mail.plan',
    everyMs,
    wakeUp,
    run: async (signal) => {
      const looked = await drain(() => planMemberMails(ctx, rule), signal)
      return looked === 0 ? undefined : { looked }
    },
  }
  const giveUp: Job = {
    name: 'mail.give_up',
    everyMs: GIVE_UP_EVERY_MS,
    run: async (signal) => {
      const givenUp = await drain(() => giveUpMails(ctx), signal)
      return givenUp === 0 ? undefined : { given_up: givenUp }
    },
  }
  if (mailer === undefined) return [plan, giveUp]
  const send: Job = {
    name: 'mail.send',
    everyMs,
    run: async (signal) => {
      const results: Record<string, number> = {}
      await drain(async () => {
        const due = await claimDueMails(ctx, { owner, limit: MAILS_AT_ONCE_MAX })
        const ended = await Promise.all(due.map((mail) => sendOne(ctx, mailer, owner, mail)))
        for (const result of ended) results[result] = (results[result] ?? 0) + 1
        return due.length
      }, signal)
      return Object.keys(results).length === 0 ? undefined : results
    },
  }
  return [plan, send, giveUp]
}

async function sendOne(ctx: Context, mailer: MemberMailer, owner: string, mail: DueMail): Promise<string> {
  const result = resultOf(await mailer(mail))
  return (await recordMail(ctx, { mail, owner, result, chance: Math.random() })) ?? 'overtaken'
}

/** Only a refused address is the person's matter; what is refused for another reason is ours, and tried again. */
function resultOf(outcome: MailOutcome) {
  const { kind, answer } = outcome
  if (kind === 'sent') return { kind, answer }
  return { kind: kind === 'refused' && outcome.isAddress ? 'bounced' : 'failed', answer } as const
}
