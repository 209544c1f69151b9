import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { seedDemo } from '../seed/seed-demo.ts'
import { seedStaff } from '../seed/seed-staff.ts'
import type { AssignedPort } from './assign-ports.ts'
import { demoEnvironment, demoRegistries } from './demo-world.ts'
import type { Output } from './output.ts'

/**
 * Puts the demo's registries, resellers and staff into the database, says keys and passwords, and gives the variables by which
 * the apps know that world. Throws `SeedRefused` where a registry account is real.
 */
export async function seed(
  database: { readonly url: string; readonly mode: 'live' | 'test'; readonly stateFolder: string },
  ports: readonly AssignedPort[],
  output: Output,
): Promise<Readonly<Record<string, string>>> {
  const db = openDatabase({ url: database.url, connectionsMax: 1, applicationName: 'droplock-seed' })
  try {
    const plan = { registries: demoRegistries(ports), mode: database.mode, allowed: true }
    const resellers = await seedDemo({ db, newId }, plan)
    for (const { name, currency, apiKey } of resellers)
      output.say(`demo reseller ${name} (${currency}): ${apiKey}`)
    for (const { email, password } of await seedStaff({ db, newId }, true))
      output.say(`demo sign-in to the console: ${email} ${password}`)
  } finally {
    await db.destroy()
  }
  return demoEnvironment(ports, database.stateFolder, new Date())
}
