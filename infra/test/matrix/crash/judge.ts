import { readInvariants } from '@droplock/core/invariants'
import { ourClid } from '../../../src/environment/registries.ts'
import { simulatorAt } from '../../../src/environment/simulator.ts'
import { judgeDeliveries } from './judge-deliveries.ts'
import { judgeHistory } from './judge-history.ts'
import { judgeProvider } from './judge-provider.ts'
import { registryId, type Stage } from './stage.ts'
import { whatIsLeft } from './what-is-left.ts'

/**
 * What contradicts a promise, in words: by what was answered, by our rows, and by what the registry, the provider and the receivers of
 * webhooks have written down themselves. First everything that was begun has time to end.
 */
export async function judge(stage: Stage): Promise<readonly string[]> {
  const left = await whatIsLeft(stage)
  const { invariants } = await readInvariants(stage.ctx)
  return [
    ...left,
    ...invariants
      .filter(({ violations }) => violations > 0)
      .map(({ name, violations }) => `${name}: ${violations}`),
    ...(await judgeHistory(stage)),
    ...(await judgeRegistry(stage)),
    ...(await judgeProvider(stage)),
    ...(await judgeDeliveries(stage)),
  ]
}

/** Each order ended as its name did at the registry, where we registered it at most once and within our limits. */
async function judgeRegistry({ ctx, environment }: Stage): Promise<readonly string[]> {
  const simulator = simulatorAt(environment.urlOf('registry-sim'))
  const orders = await ctx.db.selectFrom('backorder').select(['name', 'state', 'failure_reason']).execute()
  const truths = new Map((await simulator.truth(registryId)).map((truth) => [truth.name, truth]))
  const wrong = orders.flatMap(({ name, state, failure_reason: reason }) => {
    const truth = truths.get(name)
    // What never dropped was not decided either, which is found elsewhere.
    if (truth === undefined) return []
    const is = reason ?? state
    const should = endOf(truth.winner?.clID)
    const created = truth.arrivals.filter(({ clID, code }) => clID === ourClid && code === 1000).length
    return [
      ...(is === should ? [] : [`${name} is ${is}, and at the registry ${should}`]),
      ...(created > 1 ? [`${name} was registered ${created} times`] : []),
    ]
  })
  const exceeded = await simulator.violations(registryId)
  return exceeded === 0 ? wrong : [...wrong, `limits of the registry were exceeded ${exceeded} times`]
}

function endOf(winner: string | undefined): string {
  if (winner === undefined) return 'free: it was ordered, and nobody took it'
  return winner === ourClid ? 'successful' : 'lost'
}
