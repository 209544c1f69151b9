import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Context, StaffContext } from '../../src/context.ts'
import { publishOrQuarantine } from '../../src/lists/publish-or-quarantine.ts'
import { publishQuarantined } from '../../src/lists/publish-quarantined.ts'
import { resumePublication } from '../../src/lists/resume.ts'
import { lockScheduleChange } from '../../src/locks.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { proposeWithdrawal } from '../../src/proposals/propose-withdrawal.ts'
import { advanceScheduleChange } from '../../src/schedule-changes/advance.ts'
import { applyChange } from '../../src/schedule-changes/apply.ts'
import { previewChange } from '../../src/schedule-changes/preview.ts'
import { getChange } from '../../src/schedule-changes/read.ts'
import { stopChange } from '../../src/schedule-changes/stop.ts'
import { undoChange } from '../../src/schedule-changes/undo.ts'
import { disableStaff } from '../../src/staff/administer.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenSecured, inMinutes, readListing } from '../support/held.ts'
import { untilAnswered, untilOneWaits } from '../support/waiting.ts'
import { contextOf, givenListings, givenRegistry, givenStaff, stage, ZONE } from '../support/world.ts'

// A person is disabled after a decision, and before all that follows from it is done. What they had decided is carried out; what they
// only proposed or drafted is not, and neither is a request that has not been committed.

let clone: Clone
let ctx: Context
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
})
afterEach(() => clone.drop())

const reason = 'the registry announced it'
const disable = ({ actor }: StaffContext, within: Context = ctx) =>
  disableStaff(
    { ...within, actor: { kind: 'command', name: 'ops' } },
    { staffId: actor.staffId, reason: 'left' },
  )
const refused = (work: Promise<unknown>) => work.catch((error: unknown) => error)

async function advanceAll(): Promise<void> {
  while ((await untilAnswered(() => advanceScheduleChange(ctx, 2))) !== undefined);
}

/** A change of four names that this person has drafted. */
async function givenDraft(ann: StaffContext): Promise<string> {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['a.test', 'b.test', 'c.test', 'd.test'], purgeAt: inMinutes(90) })
  const { id } = await previewChange(ann, {
    action: { kind: 'shift', seconds: 3_600 },
    filter: { zone: ZONE },
  })
  return id
}

describe('of a change of schedules', () => {
  test('that was applied the rest is applied, under the name of the person; another stops and undoes it', async () => {
    const ann = await givenStaff(ctx, 'operator')
    const bob = await givenStaff(ctx, 'operator')
    const changeId = await givenDraft(ann)
    await applyChange(ann, { changeId, reason })
    await untilAnswered(() => advanceScheduleChange(ctx, 1))
    await disable(ann)
    await untilAnswered(() => advanceScheduleChange(ctx, 1))
    expect(await getChange(bob, changeId)).toMatchObject({ state: 'applying', progress: { applied: 2 } })
    expect(await refused(stopChange(ann, { changeId, reason }))).toMatchObject({ code: 'session_required' })
    await stopChange(bob, { changeId, reason: 'it was not announced' })
    await advanceAll()
    expect(await getChange(bob, changeId)).toMatchObject({ state: 'stopped', progress: { applied: 2 } })
    await applyChange(bob, { changeId, reason: 'it was announced after all' })
    await advanceAll()
    const overrides = ctx.db.selectFrom('schedule_override').select('applied_by').distinct()
    expect(await overrides.execute()).toEqual([{ applied_by: ann.actor.staffId }])
    await undoChange(bob, { changeId, reason: 'a mistake' })
    await advanceAll()
    expect(await getChange(bob, changeId)).toMatchObject({ state: 'undone', progress: { undone: 4 } })
  })

  test('that is being applied while its person is disabled nothing is applied', async () => {
    const ann = await givenStaff(ctx, 'operator')
    const changeId = await givenDraft(ann)
    let applying: Promise<unknown> = Promise.resolve()
    await ctx.db.transaction().execute(async (tx) => {
      await lockScheduleChange(tx, changeId)
      applying = refused(untilAnswered(() => applyChange(ann, { changeId, reason })))
      await untilOneWaits(ctx.db)
      await disable(ann, { ...ctx, db: tx })
    })
    expect(await applying).toMatchObject({ code: 'session_required' })
    expect(await advanceScheduleChange(ctx, 10)).toBeUndefined()
    expect(await getChange(await givenStaff(ctx, 'viewer'), changeId)).toMatchObject({ state: 'draft' })
  })

  test('that is a draft another person takes over, and is named as who applied it', async () => {
    const ann = await givenStaff(ctx, 'operator')
    const bob = await givenStaff(ctx, 'operator')
    const changeId = await givenDraft(ann)
    await disable(ann)
    expect(await refused(applyChange(ann, { changeId, reason }))).toMatchObject({ code: 'session_required' })
    await applyChange(bob, { changeId, reason })
    await advanceAll()
    const { made_by: madeBy } = await ctx.db
      .selectFrom('schedule_change')
      .select('made_by')
      .executeTakeFirstOrThrow()
    expect(madeBy).toBe(bob.actor.staffId)
  })
})

/** A list that is held back, because it lists a tenth of what is live. */
async function givenHeldBack(): Promise<string> {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: Array.from({ length: 20 }, (_, index) => `name-${index}.test`) })
  const { id: runId } = await stage(ctx, { names: ['name-0.test', 'new.test'] })
  expect(await publishOrQuarantine(ctx, { runId, opensAt: new Date(0) })).toMatchObject({
    kind: 'quarantined',
  })
  return runId
}

describe('of a list that is held back', () => {
  test('what the person decided to publish is published, by a worker if need be', async () => {
    const ann = await givenStaff(ctx, 'operator')
    const runId = await givenHeldBack()
    const command = { runId, reason, opensAt: new Date(0), answerBy: AbortSignal.abort() }
    expect(await publishQuarantined(ann, command)).toBeUndefined()
    await disable(ann)
    expect(await resumePublication(ctx, new AbortController().signal)).toMatchObject({ kind: 'published' })
    const run = ctx.db.selectFrom('sync_run').select(['state', 'decided_by']).where('id', '=', runId)
    expect(await run.execute()).toEqual([{ state: 'published', decided_by: ann.actor.staffId }])
  })

  test('a disabled person publishes nothing', async () => {
    const ann = await givenStaff(ctx, 'operator')
    const runId = await givenHeldBack()
    await disable(ann)
    const publishing = publishQuarantined(ann, { runId, reason, opensAt: new Date(0) })
    expect(await refused(publishing)).toMatchObject({ code: 'session_required' })
    expect(await resumePublication(ctx, new AbortController().signal)).toBeUndefined()
    const { rows } = await sql`select from listing where name = 'new.test'`.execute(ctx.db)
    expect(rows).toEqual([])
  })
})

test('a withdrawal that a disabled person proposed is not approved, and none that they approve is carried out', async () => {
  const ann = await givenStaff(ctx, 'operator', 'finance_approver')
  const bob = await givenStaff(ctx, 'operator', 'finance_approver')
  const { listingId } = await givenSecured(ctx)
  const propose = (person: StaffContext) =>
    proposeWithdrawal(person, { listingId, block: false, evidence: 'a court order', reason })
  const proposalId = await propose(ann)
  await disable(ann)
  expect(await refused(approveProposal(bob, { proposalId }))).toMatchObject({ code: 'proposer_disabled' })
  await sql`update proposal set state = 'rejected', decided_by = ${bob.actor.staffId}, decided_at = clock_timestamp()`.execute(
    ctx.db,
  )
  const again = await propose(bob)
  expect(await refused(approveProposal(ann, { proposalId: again }))).toMatchObject({
    code: 'session_required',
  })
  expect(await readListing(ctx)).toMatchObject({ state: 'open' })
})
