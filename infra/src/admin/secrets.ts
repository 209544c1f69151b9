import { listKeyUse } from '@droplock/core/secrets/read-use'
import type { Admin, Program } from './admin.ts'

/** The keys themselves are in the settings of the apps; no command sees them. */
export function addSecretVerbs(program: Program, admin: Admin): void {
  program
    .command('secrets')
    .description('keys of the settings by which something in the database is sealed or derived')
    .command('list')
    .description('lists the ids of the keys that are needed, and for how many values; others may be removed')
    .action(async () => {
      const uses = await listKeyUse(admin.ctx())
      admin.print(uses.map(({ setting, keyId, values }) => ({ setting, key: keyId, values })))
    })
}
