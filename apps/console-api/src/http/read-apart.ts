import type { StaffContext } from '@droplock/core/context'
import { openTurns } from '@droplock/http/turns'
import { withinRequest } from '@droplock/http/within-request'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Dependencies, Environment } from '../console-api.ts'

/** What the pages of one person ask for at once, in several windows. */
const OF_ONE_PERSON_MAX = 40

/** Longer than this the last in line would wait for longer than a request may take. */
const WAITING_MAX = 500

/** A report reads every posting of up to 400 days: some seconds at millions of them. Milliseconds. */
const REPORT_MS_MAX = 15_000

/** So that lists have connections while people wait for reports. */
const REPORTS_AT_ONCE_MAX = 2

/** Has a report read like a list, with more time and with fewer at once. Throws Refusal('read_limit_reached'). */
export function readReportApart(dependencies: Dependencies): MiddlewareHandler<Environment> {
  return openApart(dependencies, { atOnceMax: REPORTS_AT_ONCE_MAX, statementMsMax: REPORT_MS_MAX })
}

/**
 * Has a list or an overview read over connections of its own, and no longer than its request lasts: signing in, changes and uploads
 * never wait for one (ADR 18). Throws Refusal('read_limit_reached').
 */
export function readApart(dependencies: Dependencies): MiddlewareHandler<Environment> {
  return openApart(dependencies, { atOnceMax: dependencies.reads?.connectionsMax ?? 0 })
}

function openApart(
  { reads, settings }: Dependencies,
  { atOnceMax, ...longer }: { readonly atOnceMax: number; readonly statementMsMax?: number },
): MiddlewareHandler<Environment> {
  if (reads === undefined) return (_, next) => next()
  const turns = openTurns({ atOnceMax, waitingMax: WAITING_MAX, ofOneMax: OF_ONE_PERSON_MAX }, tooMany)
  return async (c, next) => {
    const { ctx } = c.var
    // Its time runs while it waits for its turn; a client that has gone meanwhile has nothing read.
    await withinRequest(c.req.raw, settings.requestMsMax, async (within) => {
      const endTurn = await turns.take(ctx.actor.staffId)
      const apart: StaffContext = { ...ctx, db: reads.within({ ...within, ...longer }) }
      c.set('ctx', apart)
      await next().finally(endTurn)
    })
  }
}

function tooMany(): Refusal {
  return new Refusal(
    'read_limit_reached',
    'Other lists are still running. Try again when they are answered.',
    {
      at_once_max: OF_ONE_PERSON_MAX,
    },
  )
}
