import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { advanceScheduleChange } from '../../src/schedule-changes/advance.ts'
import { applyChange } from '../../src/schedule-changes/apply.ts'
import { previewChange } from '../../src/schedule-changes/preview.ts'
import { getChange } from '../../src/schedule-changes/read.ts'
import { undoChange } from '../../src/schedule-changes/undo.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { changeZonePolicy, getZonePolicy, previewZonePolicy } from '../../src/zone-policy.ts'
import {
  contextOf,
  givenListings,
  givenRegistry,
  givenStaff,
  REGISTRY,
  ZONE,
  zone,
} from '../support/world.ts'

const reason = 'the registry changed its terms'
const purgeAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 5 * 3_600_000)

async function given(ctx: Context) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['one.test', 'two.test'], purgeAt })
  return givenStaff(ctx, 'operator')
}

const read = (ctx: Context, name: string) =>
  ctx.db.selectFrom('listing').selectAll().where('name', '=', name).executeTakeFirstOrThrow()

async function advanceAll(ctx: Context) {
  while ((await advanceScheduleChange(ctx, 10)) !== undefined);
}

test('a new zone releases names as registries of its profile do, and has a grace of which the first hour is at full pace', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await given(ctx)
    expect(await getZonePolicy(operator, ZONE)).toMatchObject({
      release: 'exact_instant',
      dropAlsoAt: [],
      graceFullSeconds: 3_600,
      graceProbeSeconds: 600,
      graceSharePercent: 10,
    })
    await givenRegistry(ctx, [zone({ release: 'daily_batch', dropStartsAt: '09:00', dropAlsoAt: ['16:00'] })])
    expect(await getZonePolicy(operator, ZONE)).toMatchObject({
      release: 'daily_batch',
      dropStartsAt: '09:00:00',
      dropAlsoAt: ['16:00:00'],
    })
    // What a definition leaves out stays.
    await givenRegistry(ctx)
    expect(await getZonePolicy(operator, ZONE)).toMatchObject({
      release: 'daily_batch',
      dropAlsoAt: ['16:00:00'],
    })
  }))

test('a changed policy applies to later lists; its preview counts the live listings that differ, and a change moves them', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await given(ctx)
    const before = await read(ctx, 'one.test')
    const policy = { earlySeconds: 30, lateSeconds: 90, cutoffLeadSeconds: 3_600 }
    const preview = await previewZonePolicy(operator, { zone: ZONE, policy })
    expect(preview).toMatchObject({
      after: policy,
      counts: { listings: 2, effects: { moves: 2, unchanged: 0 } },
    })
    expect(await getZonePolicy(operator, ZONE)).toMatchObject(preview.before)

    await changeZonePolicy(operator, { zone: ZONE, policy, reason })
    expect(await read(ctx, 'one.test')).toEqual(before)
    await givenListings(ctx, { names: ['three.test'], purgeAt })
    const expected = {
      drop_from: new Date(+purgeAt - 30_000),
      drop_to: new Date(+purgeAt + 90_000),
      cutoff_at: new Date(+purgeAt - 3_630_000),
    }
    expect(await read(ctx, 'three.test')).toMatchObject(expected)

    const change = await previewChange(operator, { action: { kind: 'policy' }, filter: { zone: ZONE } })
    expect(change.counts.effects).toMatchObject({ moves: 2, unchanged: 1 })
    await applyChange(operator, { changeId: change.id, reason })
    await advanceAll(ctx)
    expect(await read(ctx, 'one.test')).toMatchObject({ ...expected, override_id: null })
    // Not an operator's override: the next list moves it again.
    expect(
      await givenListings(ctx, { names: ['two.test'], purgeAt: new Date(+purgeAt + 3_600_000) }),
    ).toMatchObject({
      moved: 1,
    })

    await undoChange(operator, { changeId: change.id, reason })
    await advanceAll(ctx)
    expect(await read(ctx, 'one.test')).toMatchObject({
      drop_from: before.drop_from,
      cutoff_at: before.cutoff_at,
    })
    expect(await getChange(operator, change.id)).toMatchObject({
      progress: { undone: 1, undoSkippedFor: { replaced: 1 } },
    })
  }))

test('a policy leaves what operators moved, and what no policy of the zone explains', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await given(ctx)
    const moved = await previewChange(operator, {
      action: { kind: 'shift', seconds: 60 },
      filter: { names: ['one.test'] },
    })
    await applyChange(operator, { changeId: moved.id, reason })
    await advanceAll(ctx)
    await tx
      .updateTable('listing')
      .set({ drop_to: new Date(+purgeAt + 7_000) })
      .where('name', '=', 'two.test')
      .execute()
    await changeZonePolicy(operator, { zone: ZONE, policy: { cutoffLeadSeconds: 120 }, reason })
    const { counts } = await previewChange(operator, {
      action: { kind: 'policy' },
      filter: { registryId: REGISTRY },
    })
    expect(counts).toMatchObject({ notMovable: { overridden: 1, other_policy: 1 } })
  }))

const refused = (change: Promise<unknown>) => change.catch(({ code }: { code: string }) => code)

test('of two edits of one version of a policy the second is refused, and the first stays', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await given(ctx)
    const { version } = await getZonePolicy(operator, ZONE)
    const edit = (graceProbeSeconds: number) =>
      changeZonePolicy(operator, { zone: ZONE, version, policy: { graceProbeSeconds }, reason })
    await edit(900)
    expect(await refused(edit(1_200))).toBe('zone_policy_changed')
    expect(await getZonePolicy(operator, ZONE)).toMatchObject({
      graceProbeSeconds: 900,
      version: version + 1,
    })
  }))

test('a policy change is audited with what differs, and is refused without reason, permission or sense', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await given(ctx)
    await changeZonePolicy(operator, { zone: ZONE, policy: { graceProbeSeconds: 900 }, reason })
    await changeZonePolicy(operator, { zone: ZONE, policy: { graceProbeSeconds: 900 }, reason })
    const entries = await tx
      .selectFrom('audit_entry')
      .select(['before', 'after', 'reason'])
      .where('action', '=', 'zone.policy_changed')
      .execute()
    expect(entries).toEqual([
      { before: { graceProbeSeconds: 600 }, after: { graceProbeSeconds: 900 }, reason },
    ])
    const policy = { graceSharePercent: 0 }
    expect(await refused(changeZonePolicy(operator, { zone: ZONE, policy, reason }))).toBe('invalid_policy')
    expect(await refused(changeZonePolicy(operator, { zone: ZONE, policy: {}, reason: '' }))).toBe(
      'reason_required',
    )
    expect(await refused(changeZonePolicy(operator, { zone: 'none', policy: {}, reason }))).toBe(
      'zone_not_found',
    )
    const viewer = await givenStaff(ctx, 'viewer')
    expect(await refused(changeZonePolicy(viewer, { zone: ZONE, policy: {}, reason }))).toBe('forbidden')
  }))
