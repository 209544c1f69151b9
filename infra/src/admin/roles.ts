import { InvalidArgumentError } from '@commander-js/extra-typings'
import { appRoles, ofEachApp } from '@droplock/core/database/app-roles'
import { createRoles, isRolePrefix, nameOfRole, RolesRefused, urlAs } from '@droplock/core/database/roles'
import { Refusal } from '@droplock/rules/refusals'
import { newPassword } from '../postgres/cluster.ts'
import type { Admin, Program } from './admin.ts'

export function addRolesVerb(program: Program, admin: Admin): void {
  program
    .command('roles')
    .description('makes a login for each app, with the least rights it needs, and shows their URLs, once')
    .requiredOption('--prefix <text>', 'distinguishes installations that share a server', rolePrefix)
    .option('--renew-passwords', 'gives new passwords to the logins that are there')
    .action(async ({ prefix, renewPasswords = false }) => {
      const { DATABASE_URL: url } = admin.config()
      const passwords = ofEachApp(newPassword)
      const made = await createRoles(url, { prefix, passwords, renewPasswords }).catch(refuse)
      admin.print(
        appRoles.map((app) => {
          const role = nameOfRole(prefix, app)
          // The password of one that was there is nowhere to be read.
          return { app, role, url: made.includes(app) ? urlAs(url, role, passwords[app]) : null }
        }),
      )
    })
}

function rolePrefix(text: string): string {
  if (isRolePrefix(text)) return text
  throw new InvalidArgumentError(
    'It must be lower-case letters, digits and underscores, a letter first, up to 31.',
  )
}

function refuse(error: unknown): never {
  throw error instanceof RolesRefused ? new Refusal('forbidden', error.message) : error
}
