import { expect, test } from 'vitest'
import { asService } from '../../src/context.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { proposeRegistryStop } from '../../src/proposals/propose-registry-stop.ts'
import { listStops, readOpenStop } from '../../src/registry-stops/read.ts'
import { restartRegistry } from '../../src/registry-stops/restart.ts'
import { stopRegistry } from '../../src/registry-stops/stop.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets, openWindows } from '../support/drop.ts'
import { contextOf, givenRegistry, givenStaff, openAlarms, REGISTRY } from '../support/world.ts'

const stop = { registryId: REGISTRY, reason: 'its creates cost ten times the fee' }

test('one person stops a registry before a drop, and restarts it; both are audited, and an alarm shows it meanwhile', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenArmedTargets(ctx)
    const operator = await givenStaff(ctx, 'operator')
    await stopRegistry(operator, stop)
    expect(await readOpenStop(ctx, REGISTRY)).toMatchObject({ reason: stop.reason, proposalId: null })
    expect(await openAlarms(ctx)).toEqual([`registry_stopped ${REGISTRY}`])
    await expect(stopRegistry(operator, stop)).rejects.toMatchObject({ code: 'registry_stopped' })
    await restartRegistry(operator, { registryId: REGISTRY, reason: 'they have corrected it' })
    expect(await readOpenStop(ctx, REGISTRY)).toBeUndefined()
    expect(await openAlarms(ctx)).toEqual([])
    const audited = await tx
      .selectFrom('audit_entry')
      .select('action')
      .where('subject_id', '=', REGISTRY)
      .where('action', 'like', 'registry.%ed')
      .orderBy('seq')
      .execute()
    expect(audited.map(({ action }) => action)).toEqual(['registry.stopped', 'registry.restarted'])
    await expect(restartRegistry(operator, { registryId: REGISTRY, reason: 'again' })).rejects.toMatchObject({
      code: 'registry_not_stopped',
    })
  }))

test('while a paid name is in its window one person proposes a stop and another one decides', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenArmedTargets(ctx)
    await openWindows(ctx)
    const proposer = await givenStaff(ctx, 'operator')
    const decider = await givenStaff(ctx, 'operator')
    await expect(stopRegistry(proposer, stop)).rejects.toMatchObject({
      code: 'stop_needs_two_people',
      facts: { names: 1 },
    })
    // Nor does a command with every permission.
    await expect(stopRegistry(asService(ctx), stop)).rejects.toMatchObject({ code: 'stop_needs_two_people' })
    const proposalId = await proposeRegistryStop(proposer, stop)
    expect(await readOpenStop(ctx, REGISTRY)).toBeUndefined()
    await expect(approveProposal(proposer, { proposalId })).rejects.toMatchObject({
      code: 'decider_is_proposer',
    })
    await approveProposal(decider, { proposalId })
    expect(await readOpenStop(ctx, REGISTRY)).toMatchObject({ proposalId, stoppedBy: decider.actor.email })
    await restartRegistry(proposer, { registryId: REGISTRY, reason: 'over' })
    expect((await listStops(proposer, { offset: 0, limit: 10 })).items).toMatchObject([
      { endReason: 'over', endedBy: proposer.actor.email },
    ])
  }))

test('a viewer stops nothing, and there is nothing to stop where there is no registry', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await expect(stopRegistry(await givenStaff(ctx, 'viewer'), stop)).rejects.toMatchObject({
      code: 'forbidden',
    })
    const unknown = { ...stop, registryId: 'nowhere' }
    await expect(stopRegistry(asService(ctx), unknown)).rejects.toMatchObject({ code: 'registry_not_found' })
  }))
