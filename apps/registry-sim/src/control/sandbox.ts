import type { Hono } from 'hono'
import { present } from '../registry/registry.ts'
import { planSandboxDrops } from '../registry/sandbox-names.ts'
import { dropsBody } from './schemas.ts'
import { Problem, type RegistryOf, readBody } from './server.ts'

/** Adds the route by which names of a sandbox drop. */
export function addSandbox(app: Hono, registryOf: RegistryOf): void {
  app.put('/registries/:id/drops', async (c) => {
    const registry = registryOf(c)
    if (!registry.settings.sandbox) throw new Problem('not_a_sandbox', 'the labels of names say nothing here')
    const { names } = await readBody(c, dropsBody)
    const drops = names.map(({ name, dropsAt }) => ({ name, dropsAtMs: dropsAt }))
    return c.json({ refused: planSandboxDrops(registry, drops, present(registry)) })
  })
}
