import { migrate } from '@droplock/core/database/migrate'
import type { Admin } from './admin.ts'
import type { Program } from './program.ts'

export function addMigrateVerb(program: Program, admin: Admin): void {
  program
    .command('migrate')
    .description('makes the tables, or brings them up to this release; what is applied stays as it is')
    .action(async () => admin.print({ applied: await migrate(admin.config().DATABASE_URL) }))
}
