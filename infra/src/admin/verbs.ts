import { Command } from '@commander-js/extra-typings'
import { migrate } from '@droplock/core/database/migrate'
import type { Admin } from './admin.ts'
import { addContactVerbs } from './contacts.ts'
import { addKeyVerbs } from './keys.ts'
import { addReceiverVerbs } from './receivers.ts'
import { addRegistryVerbs } from './registries.ts'
import { addResellerVerbs } from './resellers.ts'
import { addRolesVerb } from './roles.ts'
import { addSellerVerb } from './seller.ts'
import { addStaffVerbs } from './staff.ts'
import { addPriceVerbs, addZoneVerbs } from './zones.ts'

/** Where the command writes: its own streams, or what a test looks at. */
export type Streams = { readonly out: (text: string) => void; readonly err: (text: string) => void }

/** The command without its verbs: it throws where another would end the process. */
export function newProgram({ out, err }: Streams) {
  return new Command('npm run admin --')
    .description('Sets up a Droplock installation and runs it. DATABASE_URL names the database.')
    .option('--json', 'write the result as JSON on one line, an error too')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err, outputError: () => undefined })
}

export type Program = ReturnType<typeof newProgram>

function addMigrateVerb(program: Program, admin: Admin): void {
  program
    .command('migrate')
    .description('makes the tables, or brings them up to this release; what is applied stays as it is')
    .action(async () => admin.print({ applied: await migrate(admin.config().DATABASE_URL) }))
}

/** Every noun adds its verbs to the command, in the order in which help lists them. */
export const verbs: readonly ((program: Program, admin: Admin) => void)[] = [
  addMigrateVerb,
  addRolesVerb,
  addStaffVerbs,
  addResellerVerbs,
  addKeyVerbs,
  addSellerVerb,
  addRegistryVerbs,
  addContactVerbs,
  addZoneVerbs,
  addPriceVerbs,
  addReceiverVerbs,
]
