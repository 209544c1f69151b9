import { Refusal } from '@droplock/rules/refusals'
import { seedSandbox } from '../environment/sandbox.ts'
import { SeedRefused } from '../seed/seed-demo.ts'
import type { Admin, Program } from './admin.ts'
import { wholeNumber } from './arguments.ts'

const FIRST_PORT = 7700

export function addSandboxVerbs(program: Program, admin: Admin): void {
  program
    .command('sandbox')
    .description('where resellers have names dropped themselves; in a test database only')
    .command('define')
    .description(
      'defines the simulated registry of the sandbox, and gives each reseller a zone there; may be repeated',
    )
    .option('--epp-port <port>', 'of the simulator on this machine', wholeNumber, FIRST_PORT)
    .action(async ({ eppPort }) => {
      await seedSandbox(admin.ctx(), eppPort).catch(orRefused)
      admin.print({ registry: 'sandbox', account: 'sandbox/droplock', port: eppPort })
    })
}

function orRefused(error: unknown): never {
  if (error instanceof SeedRefused) throw new Refusal('real_and_simulated_mixed', `${error.message}.`)
  throw error
}
