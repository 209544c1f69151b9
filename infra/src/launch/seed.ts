import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { seedDemo } from '../seed/seed-demo.ts'
import type { AssignedPort } from './assign-ports.ts'
import { demoEnvironment, demoRegistries } from './demo-world.ts'
import type { Output } from './output.ts'

/**
 * Puts the demo's registries and resellers into the database, says the resellers' keys, and gives the variables by which
 * the apps know that world. Throws `SeedRefused` where a registry account is real.
 */
export async function seed(
  databaseUrl: string,
  ports: readonly AssignedPort[],
  output: Output,
): Promise<Readonly<Record<string, string>>> {
  const db = openDatabase({ url: databaseUrl, connectionsMax: 1, applicationName: 'droplock-seed' })
  try {
    const resellers = await seedDemo({ db, newId }, { registries: demoRegistries(ports), allowed: true })
    for (const { name, currency, apiKey } of resellers)
      output.say(`demo reseller ${name} (${currency}): ${apiKey}`)
  } finally {
    await db.destroy()
  }
  return demoEnvironment(ports)
}
