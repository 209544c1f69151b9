import type { Context } from '@droplock/core/context'
import { attendSandboxDrop, type PlanDrops } from '@droplock/core/sandbox/attend'
import { z } from 'zod'
import { drain, type Job } from '../jobs/jobs.ts'

/** How a worker of the test world reaches the registry of the sandbox, and how often it looks for drops. */
export type SandboxRule = { readonly registryUrl: string; readonly everyMs: number }

/** A registry on the same machine answers in milliseconds, and a claim of `attendSandboxDrop` lasts longer. Milliseconds. */
const PLAN_MS_MAX = 3_000

const answerSchema = z.object({ refused: z.array(z.object({ name: z.string(), code: z.string() })) })

/** Carries out the drops that accounts asked for in their sandboxes. Only in the test world: it has the simulator's control API do it. */
export function sandboxJob(ctx: Context, { registryUrl, everyMs }: SandboxRule): Job {
  const planDrops: PlanDrops = async (drops) => {
    const response = await fetch(`${registryUrl}/drops`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        names: drops.map(({ name, dropsAt }) => ({ name, dropsAt: dropsAt.toISOString() })),
      }),
      signal: AbortSignal.timeout(PLAN_MS_MAX),
    })
    if (!response.ok) throw new Error(`the registry of the sandbox answered ${response.status}`)
    const [first] = answerSchema.parse(await response.json()).refused
    if (first !== undefined)
      throw new Error(`the registry of the sandbox refuses ${first.name}: ${first.code}`)
  }
  const run = async (signal: AbortSignal) => {
    const drops = await drain(async () => attendSandboxDrop(ctx, planDrops), signal)
    return drops === 0 ? undefined : { drops }
  }
  return { name: 'sandbox.drop', everyMs, run }
}
